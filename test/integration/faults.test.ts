import { expect, test } from 'vitest';
import type { Kind } from '../faults/kinds.ts';
import { planOf } from '../faults/plan.ts';
import type { Sabotage } from '../faults/round.ts';
import { isClean, type Report, runFaults } from '../faults/run.ts';
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

test('nothing is lost, doubled, stuck, merged silently or corrupt', { timeout: 240_000 }, async () => {
  const only = ['kill', 'answer-dropped', 'service-restored', 'two-desks'] as const;
  const [report, said] = await play(only, only.length);
  expect(said.join('\n')).not.toContain('failed');
  expect(report).toMatchObject({ lost: 0, doubled: 0, stuck: 0, silentConflicts: 0, corrupt: 0 });
  expect(isClean(report)).toBe(true);
  expect(report.decisions).toBeGreaterThan(0);
});

/** What a service or a workstation that breaks its promises would leave behind. */
const SABOTAGE: readonly { readonly what: string; readonly count: keyof Report; readonly by: Sabotage }[] = [
  {
    what: 'an outbox row that vanishes',
    count: 'lost',
    by: { desk: ['DROP TRIGGER outbox_keeps', 'DELETE FROM outbox WHERE seq = 1'] },
  },
  {
    what: 'a decision that the service applies twice',
    count: 'doubled',
    by: {
      service: [
        `INSERT INTO decisions SELECT 'again', submission_id, account_id, level, canonical, sha256, outcome, problem, slots,
           receipt, received_at FROM decisions WHERE outcome = 'applied' LIMIT 1`,
      ],
    },
  },
  {
    what: 'a decision applied to a picture that it did not judge',
    count: 'silentConflicts',
    by: {
      service: [
        'DROP TRIGGER decisions_stay',
        `UPDATE decisions SET canonical = json_set(canonical, '$.revision', 99) WHERE outcome = 'applied'`,
      ],
    },
  },
  {
    what: 'a log that was changed',
    count: 'corrupt',
    by: { desk: ['DROP TRIGGER audit_stays', 'UPDATE audit SET at = 0 WHERE n = 1'] },
  },
  { what: 'decisions that never arrive', count: 'stuck', by: { deafFor: 500 } },
];

test('the harness sees what a broken product would leave behind', { timeout: 240_000 }, async () => {
  const [report, said] = await play(
    ['clock-shifted'],
    SABOTAGE.length,
    SABOTAGE.map(({ by }) => by),
  );
  expect(isClean(report)).toBe(false);
  for (const [round, { what, count }] of SABOTAGE.entries()) {
    const start = said.findIndex((line) => line.startsWith(`round ${round} `));
    const rest = said.slice(start + 1);
    const end = rest.findIndex((line) => line.startsWith('round '));
    const found = rest.slice(0, end === -1 ? undefined : end);
    expect(start, what).toBeGreaterThanOrEqual(0);
    expect(
      found.some((line) => line.startsWith(`  ${count}: `)),
      `${what}: ${found.join('; ')}`,
    ).toBe(true);
    expect(report[count], what).toBeGreaterThan(0);
  }
});
