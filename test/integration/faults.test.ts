import { expect, test } from 'vitest';
import { KINDS, type Kind } from '../faults/kinds.ts';
import { planOf } from '../faults/plan.ts';
import type { Sabotage } from '../faults/round.ts';
import { isClean, type Report, runFaults, tooRare } from '../faults/run.ts';
import { temporaryFolder } from '../helpers/folder.ts';

/** A short run of the fault harness; `npm run faults` is the long one. */
async function play(
  only: readonly Kind[],
  rounds: number,
  sabotage?: readonly Sabotage[],
): Promise<[Report, string[]]> {
  const said: string[] = [];
  const report = await runFaults({
    folder: await temporaryFolder(),
    rounds,
    seed: 7,
    atOnce: 2,
    // On a busy machine fewer rounds, rather than a longer test.
    ...(sabotage ? {} : { longest: 12_000 }),
    only,
    say: (line) => said.push(line),
    ...(sabotage ? { sabotage } : {}),
  });
  return [report, said];
}

test('the same seed gives the same plans, and every kind its turn', () => {
  const kinds = ['kill', 'power-cut', 'line-reset', 'two-desks', 'packet-loss'] as const;
  const plans = Array.from({ length: kinds.length }, (_, round) => planOf(3, round, kinds));
  expect(plans).toEqual(Array.from({ length: kinds.length }, (_, round) => planOf(3, round, kinds)));
  expect(new Set(plans.map(({ faults }) => faults[0]?.kind))).toEqual(new Set(kinds));
  expect(planOf(4, 0, kinds)).not.toEqual(planOf(3, 0, kinds));
});

test('a long run is not clean when it hit a kind too rarely', () => {
  const nothing = { lost: 0, doubled: 0, stuck: 0, silentConflicts: 0, corrupt: 0, skipped: [], seed: 1, decisions: 1 };
  const faults = { kill: 50, 'power-cut': 49 };
  expect(tooRare({ rounds: 1000, faults })).toEqual(['power-cut']);
  expect(isClean({ ...nothing, rounds: 1000, faults })).toBe(false);
  expect(isClean({ ...nothing, rounds: 1000, faults: { kill: 50 } })).toBe(true);
  expect(isClean({ ...nothing, rounds: 999, faults })).toBe(true);
});

test('in a long run every kind is planned much more often than it has to be hit', () => {
  const planned = new Map<Kind, number>();
  for (let round = 0; round < 1000; round += 1) {
    for (const { kind } of planOf(1, round, KINDS).faults) planned.set(kind, (planned.get(kind) ?? 0) + 1);
  }
  expect(KINDS.filter((kind) => (planned.get(kind) ?? 0) < 70)).toEqual([]);
});

test('nothing is lost, doubled, stuck, merged silently or corrupt', { timeout: 240_000 }, async () => {
  const only = ['kill', 'answer-dropped', 'service-restored', 'two-desks', 'claim-taken'] as const;
  const [report, said] = await play(only, only.length);
  expect(said.join('\n')).not.toContain('failed');
  expect(report).toMatchObject({ lost: 0, doubled: 0, stuck: 0, silentConflicts: 0, corrupt: 0 });
  expect(isClean(report)).toBe(true);
  expect(report.decisions).toBeGreaterThan(0);
});

/** What a workstation and a service that break their promises would leave behind, and a line that never comes back. */
const BROKEN: readonly Sabotage[] = [
  {
    desk: [
      'DROP TRIGGER outbox_keeps',
      'DELETE FROM outbox WHERE seq = 1',
      'DROP TRIGGER audit_stays',
      'UPDATE audit SET at = 0 WHERE n = 1',
    ],
    service: [
      `INSERT INTO decisions SELECT 'again', submission_id, account_id, level, canonical, sha256, outcome, problem, slots,
         receipt, received_at, claim FROM decisions WHERE outcome = 'applied' LIMIT 1`,
      'DROP TRIGGER decisions_stay',
      `UPDATE decisions SET canonical = json_set(canonical, '$.revision', 99) WHERE outcome = 'applied'`,
      'DROP TRIGGER audit_stays',
      `UPDATE audit SET facts = json_set(facts, '$.holder', 'somebody') WHERE kind = 'claim.taken'`,
    ],
  },
  { deafFor: 500 },
];

test('the harness sees what a broken product would leave behind', { timeout: 240_000 }, async () => {
  const [report, said] = await play(['clock-shifted'], BROKEN.length, BROKEN);
  const all = said.join('\n');
  expect(all).toMatch(/lost: desk: \S+: saved, and the workstation has it no more/);
  expect(all).toMatch(/doubled: again is recorded as applied once more/);
  expect(all).toMatch(/silentConflicts: \S+ was applied to something else than it judged/);
  expect(all).toMatch(/silentConflicts: \S+ was applied though another one had the submission/);
  expect(all).toMatch(/corrupt: desk: the log breaks at 1/);
  expect(all).toMatch(/stuck: desk: \d+ decisions wait/);
  for (const count of ['lost', 'doubled', 'silentConflicts', 'corrupt', 'stuck'] as const) {
    expect(report[count], count).toBeGreaterThan(0);
  }
  expect(isClean(report)).toBe(false);
});
