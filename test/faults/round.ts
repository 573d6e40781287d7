import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { canonicalJson } from '../../shared/canonical.ts';
import type { Submission } from '../../shared/submission.ts';
import type { Pool } from './desk.ts';
import type { Kind } from './kinds.ts';
import { type Machine, makeLossyNetwork, mountSmallDisk } from './machine.ts';
import type { Plan } from './plan.ts';
import type { Programs } from './programs.ts';
import { provoke, type Stage } from './provoke.ts';
import { readApplied, readSubmissions } from './records.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { makeStation, type Station } from './station.ts';
import { judge, type Verdict } from './verdict.ts';
import { within } from './within.ts';

/** How long everything may take to come to rest after the last fault, ms. */
export const SETTLE = 30_000;
/** Inside a network of its own no port is taken. */
const OWN_PORT = 8787;
/** Room on the small disk, MB: enough for a round, little enough to be filled at once. */
const DISK = 24;

/** Damage done on purpose after a round, to prove that the harness sees it: never set outside the harness's own test. */
export type Sabotage = {
  /** Statements for the workstation's review.db and for the service's database. */
  readonly desk?: readonly string[];
  readonly service?: readonly string[];
  /** The line stays down while everything should settle, for so many ms. */
  readonly deafFor?: number;
};

export type RoundOptions = {
  readonly machine: Machine;
  readonly programs: Programs;
  readonly template: string;
  /** Folder for this round alone. */
  readonly folder: string;
  readonly pool: Pool;
  readonly sabotage?: Sabotage;
};

/** How a round ended. */
export type RoundResult = { readonly plan: Plan; readonly hits: readonly Kind[]; readonly verdict: Verdict };

const has = (plan: Plan, kind: Kind) => plan.faults.some((fault) => fault.kind === kind);

/** A document without who had a part in it: of that everybody is shown only their own (`shared/second-look.ts`). */
const common = ({ parts: _, ...document }: Submission) => document;

/** Why a workstation isn't at rest; null when it is. */
async function unrest(station: Station, data: string): Promise<string | null> {
  const { applied, problem, submissions, waiting } = await station.look();
  // As the reviewer does when the app says so.
  if (problem === 'session.expired') await station.open();
  if (problem === 'store.write') await station.restart();
  if (waiting > 0) return `${station.name}: ${waiting} decisions wait (${problem})`;
  const there = canonicalJson(readSubmissions(data).map(common));
  if (canonicalJson(submissions.map(({ base }) => common(base))) !== there)
    return `${station.name}: other data (${problem})`;
  const shown = canonicalJson(submissions.map(({ effective }) => common(effective)));
  if (shown !== there) return `${station.name}: shows something else than the service has`;
  // A restored service has lost them; what is here looks alike before they are sent again.
  const known = readApplied(data);
  const unknown = applied.filter((id) => !known.has(id)).length;
  return unknown === 0 ? null : `${station.name}: ${unknown} receipts are for what the service has no more`;
}

async function settle(
  stations: readonly Station[],
  data: string,
  untouched: boolean,
  limit: number,
): Promise<string[]> {
  let restless: string[] = [];
  let asked = performance.now();
  await within(limit, async () => {
    restless = [];
    for (const station of stations) {
      const why = await unrest(station, data);
      if (why !== null) restless.push(why);
    }
    if (restless.length === 0) return true;
    if (!untouched && performance.now() - asked > 300) {
      asked = performance.now();
      for (const station of stations) await station.desk().tell({ kind: 'sync' });
    }
    await pause(40);
    return false;
  });
  return restless;
}

/** A service that can be killed and started again while workstations keep their lines to it. */
function keepService(
  options: { program: string; folder: string; data: string; inside: readonly string[] },
  aim: () => void,
) {
  const { program, folder, data, inside } = options;
  let running: ServiceProcess | null = null;
  return {
    url: () => running?.url ?? 'http://127.0.0.1:9',
    start: async (restored = false) => {
      const port = inside.length > 0 ? OWN_PORT : 0;
      running = await startService({ program, folder: data, log: join(folder, 'service.log'), inside, restored, port });
      aim();
    },
    kill: async () => running?.kill(),
    stop: async () => running?.stop(),
  };
}

function spoil(data: string, statements: readonly string[]): void {
  const db = new Sqlite(join(data, 'service.db'));
  for (const statement of statements) db.exec(statement);
  db.close();
}

const nothing = { decisions: 0, lost: [], doubled: [], silentConflicts: [], corrupt: [] };

/**
 * Plays one round: copies the template, starts service and workstation, provokes the planned faults while reviewers
 * decide, lets everything come to rest, and judges. A round that breaks off counts as stuck, with the reason.
 */
export async function playRound(plan: Plan, options: RoundOptions): Promise<RoundResult> {
  const { folder, machine, pool, programs, sabotage, template } = options;
  const data = join(folder, 'service');
  mkdirSync(folder, { recursive: true });
  cpSync(template, data, { recursive: true });
  writeFileSync(join(folder, 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`);
  const first = readSubmissions(data);
  const profile = join(folder, 'desk');
  const disk = has(plan, 'disk-full') ? mountSmallDisk(profile, DISK) : null;
  const name = `rd-faults-${process.pid}-${plan.round}`;
  const network = has(plan, 'packet-loss') ? makeLossyNetwork(name) : null;
  const inside = network?.inside ?? [];
  const stations: Station[] = [];
  const service = keepService({ program: programs.service, folder, data, inside }, () => {
    for (const { line } of stations) line?.aim(service.url());
  });
  const station = async (own: { name: string; account: string; userData: string; journal: string | null }) => {
    const made = await makeStation({
      ...own,
      folder,
      inside,
      program: programs.desk,
      hold: plan.hold,
      service: service.url,
      take: pool.take,
      give: pool.give,
    });
    stations.push(made);
    await made.open();
    await within(10_000, async () => (await made.look()).phase === 'done');
    return made;
  };
  const hits: Kind[] = [];
  const ended = async (verdict: Verdict): Promise<RoundResult> => {
    writeFileSync(join(folder, 'verdict.json'), `${JSON.stringify({ hits, verdict }, null, 2)}\n`);
    return { plan, hits, verdict };
  };
  try {
    await service.start();
    const journal = has(plan, 'power-cut') ? machine.journal : null;
    const main = await station({ name: 'desk', account: 'reviewer1', userData: profile, journal });
    let other: Promise<Station> | null = null;
    const stage: Stage = {
      plan,
      folder,
      data,
      template,
      main,
      other: () => {
        const userData = join(folder, 'other');
        other ??= station({ name: 'other', account: 'reviewer2', userData, journal: null });
        return other;
      },
      service,
      disk,
      network,
    };
    for (const [index, fault] of plan.faults.entries()) {
      if (await provoke(stage, fault, index)) hits.push(fault.kind);
    }
    if (sabotage?.deafFor !== undefined) {
      main.line?.cut(true);
      await main.work({ seed: 'deaf', count: 5, every: 1 });
    }
    const unsettled = await settle(stations, data, plan.untouched, sabotage?.deafFor ?? SETTLE);
    if (sabotage?.desk) await main.desk().tell({ kind: 'sabotage', statements: [...sabotage.desk] });
    const witnesses = [];
    for (const { name, ledger, desk } of stations) witnesses.push({ name, ledger, dump: await desk().dump() });
    await service.stop();
    if (sabotage?.service) spoil(data, sabotage.service);
    const verdict = await judge(first, data, witnesses, unsettled);
    for (const one of stations) await one.close(unsettled.length === 0);
    return await ended(verdict);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return await ended({ ...nothing, stuck: [`the round broke off: ${reason}`] });
  } finally {
    for (const one of stations) await one.close(false);
    await service.kill();
    disk?.remove();
    network?.remove();
  }
}

/** Whether every promise held. */
export function isSound({ lost, doubled, stuck, silentConflicts, corrupt }: Verdict): boolean {
  return [lost, doubled, stuck, silentConflicts, corrupt].every(({ length }) => length === 0);
}

/** Removes what a sound round has left; that of a failed one stays to be looked at. */
export function tidy(folder: string, { verdict }: RoundResult): void {
  if (isSound(verdict)) rmSync(folder, { recursive: true, force: true });
}
