import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Random, stream } from '../../service/sample/random.ts';
import type { Submission } from '../../shared/submission.ts';
import { replacePictures } from './candidate.ts';
import { INJECTIONS, type Injection, isInjection, isLineKind, type LineKind } from './kinds.ts';
import type { LossyNetwork, SmallDisk } from './machine.ts';
import type { Plan, PlannedFault } from './plan.ts';
import { countApplied, readSubmissions } from './records.ts';
import type { Station } from './station.ts';
import { claimOf, giveTo, makeFree } from './supervisor.ts';
import { trace } from './tracing.ts';
import { shows, within } from './within.ts';

/** The stage on which a round's faults strike. */
export type Stage = {
  readonly plan: Plan;
  readonly folder: string;
  /** The service's data, and what every round starts with. */
  readonly data: string;
  readonly template: string;
  readonly main: Station;
  /** The other reviewer's workstation, started when first needed. */
  readonly other: () => Promise<Station>;
  readonly service: {
    readonly url: () => string;
    readonly kill: () => Promise<void>;
    readonly stop: () => Promise<void>;
    readonly start: (restored?: boolean) => Promise<void>;
  };
  readonly disk: SmallDisk | null;
  readonly network: LossyNetwork | null;
};

const YEAR = 365 * 24 * 3_600_000;

type Strike = { readonly stage: Stage; readonly fault: PlannedFault; readonly random: Random; readonly seed: string };

const toil = ({ stage, fault, seed }: Strike, count = fault.decisions, every = fault.every) =>
  stage.main.work({ seed, count, every });

/** kill -9 while the reviewer decides, or while the workstation starts and signs in. */
async function kill(strike: Strike): Promise<boolean> {
  const { stage, fault } = strike;
  if (fault.other) {
    const working = toil(strike, 40, 1);
    await pause(fault.after);
    await stage.main.desk().kill();
    const killed = (await working) === null;
    await stage.main.open();
    return killed;
  }
  await toil(strike);
  await stage.main.desk().kill();
  await stage.main.start();
  const opening = stage.main.open().then(
    () => false,
    () => true,
  );
  await pause(fault.after * 2);
  await stage.main.desk().kill();
  const killed = await opening;
  await stage.main.open();
  return killed;
}

async function injected(strike: Strike, kind: Injection): Promise<boolean> {
  const { stage, fault } = strike;
  const { calls, what, most } = INJECTIONS[kind];
  const n = 1 + Math.floor(fault.share * most);
  const output = join(stage.folder, `${kind}.strace`);
  const tracing = await trace(stage.main.desk().pid, { calls, fault: { what, n }, output, threads: 'all' });
  const working = toil(strike, 40, 5);
  await Promise.race([working, within(2_500, tracing.struck)]);
  const struck = await tracing.end();
  await stage.main.restart();
  return struck;
}

async function diskFull(strike: Strike): Promise<boolean> {
  const { stage, fault } = strike;
  if (!stage.disk) return false;
  stage.disk.fill(Math.floor(fault.share * 200_000));
  const worked = await toil(strike, 60, 1);
  stage.disk.empty();
  await stage.main.restart();
  return worked?.broken ?? false;
}

async function powerCut(strike: Strike): Promise<boolean> {
  const { stage, fault, random } = strike;
  const power = stage.main.power();
  if (!power) return false;
  power.arm(1 + Math.floor(fault.share * 120));
  const cut = (await toil(strike, 40, 2)) === null;
  await stage.main.desk().kill();
  const lost = power.lose(random);
  await stage.main.open();
  return cut && lost > 0;
}

async function badLine(strike: Strike, kind: LineKind): Promise<boolean> {
  const { stage, fault } = strike;
  const { line } = stage.main;
  if (!line) return false;
  line.fail(kind, Math.floor(fault.share * 2_500));
  const working = toil(strike);
  const hit = within(2_000, async () => {
    await stage.main.desk().tell({ kind: 'sync' });
    await pause(30);
    return line.hits() > 0;
  });
  await Promise.all([working, hit]);
  const hits = line.hits();
  line.fail(null);
  return hits > 0;
}

async function packetLoss(strike: Strike): Promise<boolean> {
  const { stage } = strike;
  if (!stage.network) return false;
  stage.network.lose(true);
  await toil(strike);
  const { network, main } = stage;
  await within(2_500, async () => {
    await main.desk().tell({ kind: 'sync' });
    await pause(50);
    return (await main.look()).waiting === 0 && network.lost() > 0;
  });
  const lost = network.lost();
  stage.network.lose(false);
  return lost > 0;
}

async function serviceKilled(strike: Strike): Promise<boolean> {
  const { stage, fault } = strike;
  const working = toil(strike);
  await pause(fault.after);
  await stage.service.kill();
  await pause(fault.share * 200);
  await stage.service.start();
  await working;
  return true;
}

async function serviceRestored(strike: Strike): Promise<boolean> {
  const { stage, fault } = strike;
  let backup = stage.template;
  if (fault.other) {
    backup = join(stage.folder, 'backup');
    await toil(strike);
    await stage.service.stop();
    cpSync(stage.data, backup, { recursive: true });
    await stage.service.start();
  }
  const before = countApplied(stage.data);
  await stage.main.work({ seed: `${strike.seed}/after`, count: fault.decisions, every: fault.every });
  await within(2_500, () => countApplied(stage.data) > before);
  await stage.service.kill();
  const lost = countApplied(stage.data) > (fault.other ? before : 0);
  rmSync(stage.data, { recursive: true });
  cpSync(backup, stage.data, { recursive: true });
  await stage.service.start(true);
  return lost;
}

async function clock(strike: Strike): Promise<boolean> {
  const { stage, fault, random } = strike;
  const tell = (offset: number) => stage.main.desk().tell({ kind: 'clock', offset });
  if (fault.kind === 'clock-shifted') {
    await tell(fault.other ? YEAR : -YEAR);
    return ((await toil(strike))?.saved ?? 0) > 0;
  }
  const working = toil(strike, fault.decisions, Math.max(5, fault.every));
  let over = false;
  void working.finally(() => {
    over = true;
  });
  while (!over) {
    await tell(random.pick([0, YEAR, -YEAR, random.int(-86_400_000, 86_400_000)]));
    await pause(random.int(5, 30));
  }
  return ((await working)?.saved ?? 0) > 0;
}

/** A submission that both reviewers can still decide on. */
async function common(stage: Stage, random: Random): Promise<Submission | null> {
  const look = await stage.main.look();
  const open = look.submissions.map(({ effective }) => effective).filter(({ status }) => status === 'pending');
  return open.length === 0 ? null : random.pick(open);
}

async function claimTaken(strike: Strike): Promise<boolean> {
  const { stage, fault, random, seed } = strike;
  const other = await stage.other();
  const one = await common(stage, random);
  if (!one || !(await makeFree(stage.service.url(), [stage.main, other], one.id))) return false;
  const { id } = one;
  await stage.main.work({ seed: `${seed}/first`, count: 2, every: 0, on: id });
  const claimed = await shows(stage.main, (look) => look.waiting === 0 && claimOf(look, id) !== null);
  if (!claimed) return false;
  stage.main.line?.cut(true);
  try {
    const worked = await stage.main.work({ seed, count: fault.decisions, every: fault.every, on: id });
    if (!(await giveTo(stage.service.url(), id, fault.other ? 1 : null))) return false;
    await shows(other, (look) => (claimOf(look, id) !== null) === fault.other);
    await other.work({ seed: `${seed}/other`, count: fault.decisions, every: fault.every, on: id });
    return (worked?.saved ?? 0) > 0;
  } finally {
    stage.main.line?.cut(false);
  }
}

async function twoDesks(strike: Strike): Promise<boolean> {
  const { stage, fault, random, seed } = strike;
  const other = await stage.other();
  const one = await common(stage, random);
  if (!one || !(await makeFree(stage.service.url(), [stage.main, other], one.id))) return false;
  // Both begin before either can know of the other; half of the time both go on so.
  const lines = [stage.main.line, other.line];
  const both = (seed: string, count: number) =>
    Promise.all([
      stage.main.work({ seed, count, every: fault.every, on: one.id }),
      other.work({ seed: `${seed}/other`, count, every: fault.every, on: one.id }),
    ]);
  for (const line of lines) line?.cut(true);
  const first = await both(`${seed}/first`, 2);
  if (!fault.other) for (const line of lines) line?.cut(false);
  const then = await both(seed, fault.decisions);
  for (const line of lines) line?.cut(false);
  return [0, 1].every((desk) => (first[desk]?.saved ?? 0) + (then[desk]?.saved ?? 0) > 0);
}

async function picturesReplaced(strike: Strike): Promise<boolean> {
  const { stage, fault, random, seed } = strike;
  const other = await stage.other();
  const one = await common(stage, random);
  if (!one || !(await makeFree(stage.service.url(), [stage.main, other], one.id))) return false;
  stage.main.line?.cut(true);
  try {
    await other.desk().tell({ kind: 'return', submissionId: one.id });
    const returned = () => readSubmissions(stage.data).some(({ id, status }) => id === one.id && status === 'returned');
    if (!(await within(3_000, returned))) return false;
    await replacePictures(stage.service.url(), one.registrationNumber, stage.plan.round % 1000);
    const worked = await stage.main.work({ seed, count: fault.decisions, every: fault.every, on: one.id });
    return (worked?.saved ?? 0) > 0;
  } finally {
    stage.main.line?.cut(false);
  }
}

/** Provokes one fault while the reviewer works; whether it really struck. */
export async function provoke(stage: Stage, fault: PlannedFault, index: number): Promise<boolean> {
  const { seed, round } = stage.plan;
  const label = `faults/${seed}/${round}/${index}`;
  const strike = { stage, fault, seed: label, random: stream(label, 'strike') };
  const { kind } = fault;
  if (isInjection(kind)) return injected(strike, kind);
  if (isLineKind(kind)) return badLine(strike, kind);
  switch (kind) {
    case 'kill':
      return kill(strike);
    case 'disk-full':
      return diskFull(strike);
    case 'power-cut':
      return powerCut(strike);
    case 'packet-loss':
      return packetLoss(strike);
    case 'service-killed':
      return serviceKilled(strike);
    case 'service-restored':
      return serviceRestored(strike);
    case 'clock-shifted':
    case 'clock-jumping':
      return clock(strike);
    case 'two-desks':
      return twoDesks(strike);
    case 'claim-taken':
      return claimTaken(strike);
    case 'pictures-replaced':
      return picturesReplaced(strike);
  }
}
