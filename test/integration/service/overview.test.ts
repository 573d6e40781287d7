import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../../service/store/database.ts';
import { tallies } from '../../../service/store/migrations/0009-tallies.ts';
import { overviewOf } from '../../../service/store/overview.ts';
import { Overview } from '../../../shared/overview.ts';
import {
  approveWhole,
  type Caller,
  decisionOn,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { approval, refusal, returning } from '../../factories/submission.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { isOnPostgres } from '../../postgresql/database.ts';

let service: TestService;
let first: Caller;
let supervisor: Caller;
beforeEach(async () => {
  service = await startTestService({ candidates: 4 });
  first = await service.signIn('reviewer1');
  supervisor = await service.signIn('supervisor1');
});
afterEach(() => service.end());

const overview = (caller: Caller) => caller.get('/v1/overview', Overview);

it('counts where submissions stand, and only those of the own place', async () => {
  expect((await overview(supervisor)).statuses).toEqual([{ site: '990101', status: 'pending', n: 2, claimed: 0 }]);
  await approveWhole(first, 1);
  const of = await pullOne(first, 3);
  await first.ask('POST', '/v1/claims', { body: { submissions: [of.id] } });
  expect((await overview(supervisor)).statuses).toEqual([
    { site: '990101', status: 'pending', n: 1, claimed: 1 },
    { site: '990101', status: 'site_approved', n: 1, claimed: 0 },
  ]);
  const district = await service.signIn('supervisor9');
  expect(new Set((await overview(district)).statuses.map(({ site }) => site))).toEqual(new Set(['990101', '990102']));
});

it('counts conclusions by reviewer and day, and each reason once a return', async () => {
  await approveWhole(first, 1);
  const of = await pullOne(first, 3);
  const act = returning(of, ['M01-1', 'M03-1']);
  await send(first, decisionOn(of, act));
  const seen = await overview(supervisor);
  expect(seen.reviewers.map(({ by, level, kind, n }) => [by.name, level, kind, n])).toEqual([
    ['样例审核员一', 'site', 'submission.approve', 1],
    ['样例审核员一', 'site', 'submission.return', 1],
  ]);
  expect(seen.days.map(({ level, n }) => [level, n])).toEqual([['site', 2]]);
  const named = [...act.images, ...act.materials, act.form].flatMap(({ reasons }) => reasons);
  expect(seen.reasons).toEqual([...new Set(named)].sort().map((reason) => ({ reason, n: 1 })));
  expect(seen.returns).toBe(1);
});

it('tells the age of the open ones and in which round the approved ones came through', async () => {
  service.clock.forward(60 * 24 * 5);
  // Their sessions are over by then.
  first = await service.signIn('reviewer1');
  supervisor = await service.signIn('supervisor1');
  expect((await overview(supervisor)).ages).toEqual([expect.objectContaining({ status: 'pending', n: 2 })]);
  await approveWhole(first, 1);
  const district = await service.signIn('district1');
  const passed = await pullOne(district, 1);
  await send(district, decisionOn(passed, approval(passed)));
  expect((await overview(supervisor)).rounds).toEqual([{ round: 1, n: 1 }]);
});

// Older shapes there are of SQLite's file alone.
const onSqlite = isOnPostgres() ? () => undefined : it;
onSqlite('counts what was decided before there were tallies alike; reads submissions by the index alone', async () => {
  await approveWhole(first, 1);
  const of = await pullOne(first, 3);
  await send(first, decisionOn(of, returning(of, ['M01-1', 'M03-1'])));
  const other = await service.signIn('reviewer3');
  const refused = await pullOne(other, 2);
  await send(other, decisionOn(refused, refusal(refused)));
  const scope = { kind: 'district', district: '99', passed: false } as const;
  const now = service.clock.now.toISOString();
  const kept = await overviewOf(service.data.db, scope, now);
  expect(kept.reviewers).toHaveLength(3);
  const copy = join(await temporaryFolder(), 'service.db');
  const raw = new Sqlite(join(service.folder, 'service.db'));
  raw.exec(`VACUUM INTO '${copy}'`);
  raw.close();
  const before = new Sqlite(copy);
  before.exec(
    'DROP TRIGGER decisions_tallied; DROP TABLE conclusion_tally; DROP TABLE reason_tally; DROP INDEX submissions_overview;',
  );
  before.exec(tallies.sql);
  const counts = `SELECT site, status, count(*) FROM submissions WHERE district = '99' AND status != 'draft' GROUP BY 1, 2`;
  expect(JSON.stringify(before.prepare(`EXPLAIN QUERY PLAN ${counts}`).all())).toMatch(/USING COVERING INDEX/);
  before.close();
  const db = await openDatabase(copy, () => 'epoch');
  expect(await overviewOf(db, scope, now)).toEqual(kept);
  await db.destroy();
});
