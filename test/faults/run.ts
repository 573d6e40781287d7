import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPool } from './desk.ts';
import { makeTemplate } from './district.ts';
import { KINDS, type Kind } from './kinds.ts';
import { lookAtMachine } from './machine.ts';
import { planOf } from './plan.ts';
import { bundlePrograms } from './programs.ts';
import { isSound, playRound, type RoundResult, type Sabotage, tidy } from './round.ts';

export type RunOptions = {
  readonly rounds: number;
  readonly seed: number;
  /** The first round; a failed one is played again alone by its number. */
  readonly from?: number;
  /** How many at a time. */
  readonly atOnce: number;
  /** Only these kinds; all that are possible otherwise. */
  readonly only?: readonly Kind[];
  /** Stops beginning rounds after so many ms. */
  readonly longest?: number;
  /** Folder for everything that is written. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Damage done on purpose, by round. */
  readonly sabotage?: readonly Sabotage[];
};

/** The report of a run: the last line of the command. */
export type Report = {
  readonly rounds: number;
  readonly seed: number;
  readonly faults: Readonly<Partial<Record<Kind, number>>>;
  readonly decisions: number;
  readonly lost: number;
  readonly doubled: number;
  readonly stuck: number;
  readonly silentConflicts: number;
  readonly corrupt: number;
  readonly skipped: readonly Kind[];
};

const COUNTED = ['lost', 'doubled', 'stuck', 'silentConflicts', 'corrupt'] as const;

/** A run of so many rounds has to hit every kind so often, or it proves less than it says. */
const LONG = 1_000;
const OFTEN = 50;

/** The kinds that a long run hit too rarely. */
export function tooRare({ faults, rounds }: Pick<Report, 'faults' | 'rounds'>): Kind[] {
  return rounds < LONG ? [] : KINDS.filter((kind) => (faults[kind] ?? OFTEN) < OFTEN);
}

/** Whether nothing went wrong, and enough was tried. */
export function isClean(report: Report): boolean {
  return report.rounds > 0 && COUNTED.every((count) => report[count] === 0) && tooRare(report).length === 0;
}

function tell({ plan, verdict }: RoundResult, folder: string, say: (line: string) => void): void {
  const faults = plan.faults.map(({ kind }) => kind).join(' + ');
  say(`round ${plan.round} of seed ${plan.seed} (${faults}) failed; kept in ${folder}`);
  for (const count of COUNTED) for (const text of verdict[count]) say(`  ${count}: ${text}`);
}

function report(results: readonly RoundResult[], seed: number, possible: readonly Kind[], skipped: readonly Kind[]) {
  const sum = (of: (result: RoundResult) => number) => results.reduce((all, result) => all + of(result), 0);
  const count = (kind: Kind) => sum(({ hits }) => hits.filter((hit) => hit === kind).length);
  const faults = Object.fromEntries(possible.map((kind) => [kind, count(kind)]));
  return {
    rounds: results.length,
    seed,
    faults,
    decisions: sum(({ verdict }) => verdict.decisions),
    lost: sum(({ verdict }) => verdict.lost.length),
    doubled: sum(({ verdict }) => verdict.doubled.length),
    stuck: sum(({ verdict }) => verdict.stuck.length),
    silentConflicts: sum(({ verdict }) => verdict.silentConflicts.length),
    corrupt: sum(({ verdict }) => verdict.corrupt.length),
    skipped,
  } satisfies Report;
}

/** Plays the rounds and reports. */
export async function runFaults(options: RunOptions): Promise<Report> {
  const { folder, seed, rounds, from = 0, atOnce, only, say, sabotage, longest } = options;
  mkdirSync(folder, { recursive: true });
  // Processes start in a third of the time when their modules are compiled once.
  const before = process.env.NODE_COMPILE_CACHE;
  process.env.NODE_COMPILE_CACHE = before ?? join(folder, 'compiled');
  const machine = await lookAtMachine(folder);
  const kinds = machine.possible.filter((kind) => only?.includes(kind) ?? true);
  const template = join(folder, 'template');
  await makeTemplate(template);
  const programs = await bundlePrograms();
  const pool = openPool({ program: programs.desk, inside: [], env: {}, output: join(folder, 'desks.out') }, atOnce);
  const results: RoundResult[] = [];
  const end = performance.now() + (longest ?? Number.POSITIVE_INFINITY);
  let next = from;
  const player = async () => {
    while (next < from + rounds && performance.now() < end) {
      const plan = planOf(seed, next, kinds);
      next += 1;
      const own = join(folder, `round-${plan.round}`);
      const harm = sabotage?.[plan.round];
      const result = await playRound(plan, {
        machine,
        programs,
        template,
        folder: own,
        pool,
        ...(harm ? { sabotage: harm } : {}),
      });
      results.push(result);
      if (!isSound(result.verdict)) tell(result, own, say);
      tidy(own, result);
      if (results.length % 20 === 0) say(`${results.length} of ${rounds} rounds`);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, player));
  } finally {
    await pool.close();
    programs.remove();
    if (before === undefined) delete process.env.NODE_COMPILE_CACHE;
  }
  const made = report(results, seed, kinds, machine.skipped);
  const planned = (kind: Kind) => results.flatMap(({ plan }) => plan.faults).filter((fault) => fault.kind === kind);
  const shares = kinds.map((kind) => `${kind} ${made.faults[kind] ?? 0}/${planned(kind).length}`);
  say(`took effect, of those planned: ${shares.join(', ')}`);
  for (const kind of tooRare(made)) say(`${kind} was hit ${made.faults[kind]} times only, ${OFTEN} are wanted`);
  return made;
}
