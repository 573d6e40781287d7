import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Call, callsIn, isSync, WRITING } from './calls.ts';
import { type Desk, DeskFailure, openPool } from './desk.ts';
import { makeTemplate } from './district.ts';
import { openFaultyLine } from './line.ts';
import type { Dump } from './messages.ts';
import { bundlePrograms } from './programs.ts';
import { readSubmissions } from './records.ts';
import { type ActName, HOLD, isAtRest, locking, looks, makeScene, type Scene, type Studio, serve } from './scenes.ts';
import { canTrace, trace } from './tracing.ts';
import { judge, readLedger } from './verdict.ts';

/**
 * Where SQLite's log stands when something is saved: new, as after a start; so full that saving folds it into the file and writes there
 * too; or folded in just before, so that saving begins it anew.
 */
export type LogState = 'new' | 'full' | 'anew';

/** What is saved, and in which state of the log: every act once, and the states with those that write most often and most. */
export const PLAYED: readonly (readonly [ActName, LogState])[] = [
  ['lock', 'new'],
  ['lock', 'full'],
  ['lock', 'anew'],
  ['return-image', 'new'],
  ['undo', 'new'],
  ['approve', 'new'],
  ['approve', 'full'],
  ['return', 'new'],
  ['dismiss', 'new'],
];

/** What happens in a call. */
export const ERRORS = { EIO: 'error=EIO', ENOSPC: 'error=ENOSPC', SIGKILL: 'signal=SIGKILL' } as const;
export type ErrorName = keyof typeof ERRORS;
const ERROR_NAMES = ['EIO', 'ENOSPC', 'SIGKILL'] as const satisfies readonly ErrorName[];

/** Pages in the log at which SQLite folds it in. */
const FULL = 1000;
const FRAME = 4096 + 24;
const HOUR = 3_600_000;

/** One case: what is done, where the log stands, and what happens in which call. */
export type Case = { readonly act: ActName; readonly log: LogState; readonly call: Call; readonly error: ErrorName };

const nameOf = ({ act, log, call, error }: Case) => `${act}-${log}-${call.name}-${call.n}-${error}`;

function framesOf(desk: string): number {
  const [profile = ''] = readdirSync(join(desk, 'profiles'));
  return Math.floor(statSync(join(desk, 'profiles', profile, 'review.db-wal')).size / FRAME);
}

/** Writes the log on until the next thing that is saved folds it in, or begins it anew. */
async function writeOn(desk: Desk, folder: string, log: LogState, frames: number): Promise<void> {
  if (log === 'new') return;
  const { submissions } = await desk.look();
  const last = submissions.at(-1)?.effective;
  if (!last) throw new Error('there is no submission');
  const wanted = log === 'full' ? FULL - frames : FULL;
  for (let step = 0; framesOf(folder) < wanted; step += 1) {
    // Withdrawn again each time, so that there is little to send later.
    await desk.tell({ kind: 'do', deed: step % 2 === 0 ? locking(last, 0) : { kind: 'undo' } });
  }
  if (log === 'full' && framesOf(folder) >= FULL) throw new Error('the log was folded in too early');
}

/** `saved`, `ended`, or the code of what the reviewer was told. */
async function doing(desk: Desk, scene: Scene): Promise<string> {
  try {
    await desk.tell({ kind: 'do', deed: scene.deed });
    return 'saved';
  } catch (error) {
    if (error instanceof DeskFailure) return error.code;
    throw error;
  }
}

/** A copy of a scene with a workstation at work in it, offline. */
type Set = { readonly desk: Desk; readonly folder: string; readonly scene: Scene };

async function enter(studio: Studio, scene: Scene, name: string): Promise<Set> {
  const { line, pool } = studio;
  const folder = join(studio.folder, name);
  const own = { ...scene, desk: join(folder, 'desk'), data: join(folder, 'service'), ledger: join(folder, 'ledger') };
  mkdirSync(folder, { recursive: true });
  for (const part of ['desk', 'data'] as const) cpSync(scene[part], own[part], { recursive: true });
  cpSync(scene.ledger, own.ledger);
  line.cut(true);
  const desk = await pool.take();
  await desk.open({ userData: own.desk, service: line.url, account: 'reviewer1', ledger: own.ledger, hold: HOLD });
  return { desk, folder, scene: own };
}

/** Does it once without a fault, and gives all calls, and how many pages the log grew by. */
async function listCalls(studio: Studio, scene: Scene, log: LogState, frames: number): Promise<[Call[], number]> {
  const { desk, folder, scene: own } = await enter(studio, scene, `${scene.act}-${log}-calls`);
  await writeOn(desk, own.desk, log, frames);
  const before = framesOf(own.desk);
  const output = join(folder, 'strace');
  const tracing = await trace(desk.pid, { calls: WRITING, output, threads: 'main' });
  const outcome = await doing(desk, own);
  await tracing.end();
  if (outcome !== 'saved') throw new Error(`${scene.act} can't be saved: ${outcome}`);
  const grown = framesOf(own.desk) - before;
  await desk.tell({ kind: 'close' });
  studio.pool.give(desk);
  const calls = callsIn(readFileSync(output, 'utf8'), own.desk, own.ledger);
  rmSync(folder, { recursive: true, force: true });
  if (calls.length === 0) throw new Error(`${scene.act} writes nothing`);
  return [calls, grown];
}

/** What is wrong with what the reviewer was told in the moment of the fault. */
async function tellings(desk: Desk, outcome: string, { call, error }: Case): Promise<string[]> {
  if (error === 'SIGKILL') return outcome === 'ended' ? [] : [`it was killed, and said ${outcome}`];
  const wanted = call.part === 'commit' ? 'store.write' : 'saved';
  const wrong = outcome === wanted ? [] : [`it said ${outcome} in place of ${wanted}`];
  if (call.part === 'aside') return wrong;
  const { problem, submissions } = await desk.look();
  if (problem !== 'store.write') wrong.push(`the status bar says ${problem} after the disk has failed`);
  const [, second] = submissions;
  if (!second) throw new Error('there is no second submission');
  const next = await desk.tell({ kind: 'do', deed: locking(second.effective, 0) }).then(
    () => 'saved',
    (thrown: unknown) => (thrown instanceof DeskFailure ? thrown.code : String(thrown)),
  );
  if (next !== 'store.write') wrong.push(`the next decision after the disk has failed: ${next}`);
  return wrong;
}

/** What is wrong after the restart: a dismissal that was told and is gone. What concerns decisions, `judge` finds. */
function undismissed(ledger: string, { decisions }: Dump): string[] {
  const gone = readLedger(ledger).filter(
    ({ kind, id }) =>
      kind === 'dismissed' && decisions.find(({ decision }) => decision.id === id)?.state !== 'dismissed',
  );
  return gone.map(({ id }) => `${id} was dismissed, and is not`);
}

/** Starts the app again with the network back, an hour later, and judges what is there. */
async function restart({ pool, line, template }: Studio, scene: Scene): Promise<string[]> {
  const service = await serve(scene.data);
  line.aim(service.url);
  line.cut(false);
  const desk = await pool.take();
  await desk.tell({ kind: 'clock', offset: HOUR });
  const { ledger } = scene;
  await desk.open({ userData: scene.desk, service: line.url, account: 'reviewer1', ledger, hold: HOLD });
  const unsettled = await looks(desk, 'rest', (look) => look.phase === 'done' && isAtRest(look, scene.data)).then(
    () => [],
    (error: unknown) => [String(error)],
  );
  const dump = await desk.dump();
  await desk.tell({ kind: 'close' });
  pool.give(desk);
  await service.stop();
  const first = readSubmissions(template);
  const verdict = await judge(first, scene.data, [{ name: 'desk', ledger, dump }], unsettled);
  const { lost, doubled, stuck, silentConflicts, corrupt } = verdict;
  return [...lost, ...doubled, ...stuck, ...silentConflicts, ...corrupt, ...undismissed(ledger, dump)];
}

/** Plays one case; what is wrong. */
async function play(studio: Studio, scene: Scene, one: Case, frames: number): Promise<string[]> {
  const { desk, folder, scene: own } = await enter(studio, scene, nameOf(one));
  await writeOn(desk, own.desk, one.log, frames);
  const { name, n } = one.call;
  const output = join(folder, 'strace');
  const fault = { what: ERRORS[one.error], n };
  const tracing = await trace(desk.pid, { calls: name, fault, output, threads: 'main' });
  const outcome = await doing(desk, own);
  const struck = await tracing.end();
  const wrong = struck ? await tellings(desk, outcome, one) : ['the call never came'];
  // As reviewers do: some quit the app in order, some switch the computer off.
  if (one.error === 'EIO') {
    await desk.tell({ kind: 'close' });
    studio.pool.give(desk);
  } else await desk.kill();
  wrong.push(...(await restart(studio, own)));
  writeFileSync(join(folder, 'case.json'), JSON.stringify({ one, outcome, wrong }, null, 2));
  if (wrong.length === 0) rmSync(folder, { recursive: true, force: true });
  return wrong;
}

export type EveryCallOptions = {
  readonly folder: string;
  readonly played?: typeof PLAYED;
  /** Of the calls that are no syncs only every n-th. */
  readonly stride?: number;
  /** How many at a time. */
  readonly atOnce: number;
  readonly say: (line: string) => void;
};

/** What came of it. `cases`: for each act and state of the log, call by call, how many cases there were. */
export type EveryCallReport = {
  readonly cases: number;
  readonly calls: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Cases by call and error. */
  readonly faults: Readonly<Record<string, number>>;
  readonly failures: number;
  /** `strace` where it can't be used here: nothing was tried. */
  readonly skipped: readonly string[];
};

/**
 * Saves each kind of thing once for every system call that this takes, with the call failing or the process killed in
 * it, and starts the app again each time.
 */
export async function runEveryCall(options: EveryCallOptions): Promise<EveryCallReport> {
  const { atOnce, folder, played = PLAYED, say, stride = 1 } = options;
  if (!(await canTrace())) return { cases: 0, calls: {}, faults: {}, failures: 0, skipped: ['strace'] };
  mkdirSync(folder, { recursive: true });
  const before = process.env.NODE_COMPILE_CACHE;
  process.env.NODE_COMPILE_CACHE = before ?? join(folder, 'compiled');
  const template = join(folder, 'template');
  await makeTemplate(template);
  const programs = await bundlePrograms();
  const pool = openPool({ program: programs.desk, inside: [], env: {}, output: join(folder, 'desks.out') }, atOnce);
  const calls: Record<string, Record<string, number>> = {};
  const faults: Record<string, number> = {};
  const count = (counts: Record<string, number>, key: string) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  let failures = 0;
  let cases = 0;
  const waiting = [...played];
  const player = async (number: number) => {
    const own = join(folder, `studio-${number}`);
    mkdirSync(own, { recursive: true });
    const studio = { folder: own, template, pool, line: await openFaultyLine('http://127.0.0.1:9') };
    const scenes = new Map<ActName, [Scene, number]>();
    for (;;) {
      const next = waiting.shift();
      if (!next) break;
      const [act, log] = next;
      const known = scenes.get(act);
      const scene = known?.[0] ?? (await makeScene(studio, act));
      const frames = known?.[1] ?? (await listCalls(studio, scene, 'new', 0))[1];
      scenes.set(act, [scene, frames]);
      const [found] = await listCalls(studio, scene, log, frames);
      const kinds: Record<string, number> = {};
      calls[`${act}, log ${log}`] = kinds;
      const taken = found.filter((call, index) => isSync(call) || index % stride === 0);
      for (const call of taken) {
        count(kinds, `${call.name} ${!call.file.includes('.') ? 'folder ' : `${call.file} `}${call.part}`);
        for (const error of ERROR_NAMES) {
          const one = { act, log, call, error };
          const wrong = await play(studio, scene, one, frames);
          cases += 1;
          count(faults, `${call.name} ${error}`);
          if (wrong.length > 0) failures += 1;
          for (const text of wrong) say(`${nameOf(one)} (${call.file}, ${call.part}): ${text}`);
        }
      }
      say(`${act}, log ${log}: ${found.length} calls`);
    }
    await studio.line.close();
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, (_, number) => player(number)));
  } finally {
    await pool.close();
    programs.remove();
    if (before === undefined) delete process.env.NODE_COMPILE_CACHE;
  }
  return { cases, calls, faults, failures, skipped: [] };
}
