import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { fillDecisionFacts } from '../../../service/store/decision-facts.ts';
import {
  AuditCounts,
  type AuditFilter,
  AuditPage,
  AuditPeople,
  type AuditRow,
  SubmissionHistory,
} from '../../../shared/audit/wire.ts';
import { Act } from '../../../shared/decision.ts';
import type { Submission } from '../../../shared/submission.ts';
import { png } from '../../factories/pictures.ts';
import {
  approveWhole,
  type Caller,
  decisionOn,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { refusal, returning } from '../../factories/submission.ts';
import { isOnPostgres } from '../../postgresql/database.ts';

let service: TestService;
let reviewer: Caller;
let supervisor: Caller;
let district: Caller;
let elsewhere: Caller;
/** As candidate 1 first came, before a picture was replaced. */
let first: Submission;

const page = async (caller: Caller, ask: z.input<typeof AuditFilter> & { after?: number; limit?: number } = {}) => {
  const reply = await caller.ask('POST', '/v1/audit/decisions', { body: ask });
  return AuditPage.parse(reply.body);
};
const rows = async (caller: Caller, ask: z.input<typeof AuditFilter> = {}) => (await page(caller, ask)).rows;
const counts = async (caller: Caller, ask: z.input<typeof AuditFilter> = {}) =>
  AuditCounts.parse((await caller.ask('POST', '/v1/audit/counts', { body: ask })).body);
const acts = (all: readonly AuditRow[]) => all.map(({ kind }) => kind);

beforeAll(async () => {
  service = await startTestService({ candidates: 4 });
  reviewer = await service.signIn('reviewer1');
  supervisor = await service.signIn('supervisor1');
  district = await service.signIn('supervisor9');
  elsewhere = await service.signIn('reviewer3');
  first = await pullOne(reviewer, 1);
  const [seen] = first.images;
  if (!seen) throw new Error('no picture');
  const { slot, sha256 } = seen;
  const viewed = [{ slot, sha256, ms: 700, percent: 80, rotated: false }];
  await send(reviewer, decisionOn(first, { kind: 'image.lock', slot, sha256 }, { viewed }));
  const begun = await pullOne(reviewer, 1);
  await send(reviewer, decisionOn(begun, returning(begun, ['M03-1'], { comment: '公章不清' })));
  const stale = Act.parse({ kind: 'image.lock', slot: 'M03-1', sha256: sha(begun, 'M03-1') });
  // Made on what had been returned meanwhile.
  await send(reviewer, decisionOn(begun, stale));
  service.clock.forward(60);
  const candidate = await service.candidate(1);
  await candidate.ask('PUT', '/v1/candidate/images/M03-1', { bytes: png(99) });
  await candidate.ask('POST', '/v1/candidate/submit');
  service.clock.forward(60);
  await approveWhole(reviewer, 1);
  const three = await pullOne(reviewer, 3);
  await send(reviewer, decisionOn(three, refusal(three)));
  const refused = await pullOne(reviewer, 3);
  const images = refused.images.map(({ slot, sha256 }) => ({ slot, sha256 }));
  await send(reviewer, decisionOn(refused, { kind: 'submission.reopen', images, comment: '误拒' }));
  const two = await pullOne(elsewhere, 2);
  await send(elsewhere, decisionOn(two, { ...refusal(two), comment: '外校进修' } as Act));
});
afterAll(() => service.end());

const sha = (of: Submission, slot: string) => of.images.find((image) => image.slot === slot)?.sha256;

describe('the decisions', () => {
  it('come newest first, in pages that miss and repeat nothing', async () => {
    const all = await rows(supervisor);
    expect(acts(all).at(0)).toBe('submission.reopen');
    expect(acts(all).at(-1)).toBe('image.lock');
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    const found: AuditRow[] = [];
    for (let after: number | undefined; ; ) {
      const next = await page(supervisor, { limit: 2, ...(after === undefined ? {} : { after }) });
      found.push(...next.rows);
      if (next.next === null) break;
      after = next.next;
    }
    expect(found).toEqual(all);
  });

  it('are those of the own site; the district’s supervisor sees all', async () => {
    const [own, all] = [await rows(supervisor), await rows(district)];
    expect(all).toHaveLength(own.length + 1);
    expect(acts(all)[0]).toBe('submission.refuse');
    expect(own).toEqual(all.slice(1));
    expect((await counts(supervisor)).kinds['submission.refuse']).toBe(1);
    expect((await counts(district)).kinds['submission.refuse']).toBe(2);
    const people = async (caller: Caller) =>
      (await caller.get('/v1/audit/people', AuditPeople)).people.map(({ name }) => name);
    expect(await people(supervisor)).toHaveLength(1);
    expect(await people(district)).toHaveLength(2);
    const other = all[0]?.submissionId;
    expect((await supervisor.ask('GET', `/v1/submissions/${other}/history`)).status).toBe(404);
  });

  it.each([
    ['kind', { kind: 'submission.return' }, ['submission.return']],
    ['reason', { reason: 'Q01' }, ['submission.return']],
    ['conflict', { outcome: 'conflict' }, ['image.lock']],
    ['viewing time', { viewedUnder: 1_000 }, ['image.lock']],
    ['viewing time, shorter', { viewedUnder: 500 }, []],
    ['level', { level: 'district' }, []],
    ['kind and reason', { kind: 'submission.approve', reason: 'Q01' }, []],
    ['a reason that was never given', { reason: 'T03' }, []],
  ] as const)('are filtered by %s', async (_, filter, expected) => {
    expect(acts(await rows(supervisor, filter))).toEqual(expected);
    expect(await counts(supervisor, filter)).toMatchObject({ total: expected.length, atLeast: false });
  });

  it('are filtered by person, material and time', async () => {
    const all = await rows(supervisor);
    const person = all[0]?.by.id ?? '';
    expect(await rows(supervisor, { person, kind: 'submission.approve' })).toHaveLength(1);
    const about = await rows(supervisor, { material: 'M03' });
    expect(about.length).toBeGreaterThan(1);
    expect(about.every(({ slot, kind }) => slot?.startsWith('M03') || kind === 'submission.return')).toBe(true);
    const from = all[0]?.at ?? '';
    const late = await rows(supervisor, { from });
    expect(late).toEqual(all.filter(({ at }) => at >= from));
    expect([...late, ...(await rows(supervisor, { to: from }))]).toEqual(all);
    expect((await counts(supervisor, { to: from })).total).toBe(all.length - late.length);
  });

  it('are found by two characters of what was written, inside the own site alone', async () => {
    const [returned] = await rows(supervisor, { kind: 'submission.return' });
    for (const search of ['公章', '章不', '不清', '公章不清', '清 公章', '清']) {
      expect(
        (await rows(supervisor, { search })).map(({ id }) => id),
        search,
      ).toEqual([returned?.id]);
    }
    expect(await counts(supervisor, { search: '公章' })).toMatchObject({ total: 1 });
    for (const filter of [{ search: '公章', kind: 'image.lock' as const }, { search: '章公' }, { search: '"*' }]) {
      expect(await rows(supervisor, filter)).toEqual([]);
    }
    expect(await rows(supervisor, { search: '外校' })).toEqual([]);
    expect(acts(await rows(district, { search: '外校' }))).toEqual(['submission.refuse']);
  });

  it('are found where a conclusion was taken up again: both decisions', async () => {
    expect(acts(await rows(supervisor, { reopened: true }))).toEqual(['submission.reopen', 'submission.refuse']);
    expect(await counts(supervisor, { reopened: true })).toMatchObject({ total: 2 });
  });
});

describe('a candidate’s history', () => {
  it('tells every decision, taken or not, with the pictures that it named, and the second submission', async () => {
    const { submission, events } = await supervisor.get(`/v1/submissions/${first.id}/history`, SubmissionHistory);
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
    const decisions = events.filter((event) => event.what === 'decision');
    expect(decisions).toHaveLength(
      (await rows(supervisor)).filter(({ submissionId }) => submissionId === first.id).length,
    );
    expect(decisions.map(({ outcome }) => outcome)).toContain('conflict');
    expect(decisions[0]).toMatchObject({ found: { status: 'pending', round: 1 }, by: { level: 'site' } });
    expect(events).toContainEqual(expect.objectContaining({ what: 'submitted', round: 2 }));
    const returned = decisions.find(({ decision }) => decision.act.kind === 'submission.return');
    const before = sha(first, 'M03-1');
    expect(JSON.stringify(returned?.decision.act)).toContain(before);
    expect(sha(submission, 'M03-1')).not.toBe(before);
    expect(submission.images.find(({ slot }) => slot === 'M03-1')?.earlier.map(({ sha256 }) => sha256)).toEqual([
      before,
    ]);
  });
});

// Deriving anew is a step that only SQLite's file has gone through. Last: it forgets how the decisions found their submissions.
const onSqlite = isOnPostgres() ? () => undefined : it;
onSqlite('what decisions are found by can be derived anew from the decisions alone', async () => {
  const raw = new Sqlite(join(service.folder, 'service.db'));
  const derived = () => [
    raw.prepare('SELECT * FROM decision_facts ORDER BY key').all(),
    raw.prepare('SELECT name, n FROM audit_tags ORDER BY name').all(),
    raw.prepare('SELECT name, key FROM decision_tags JOIN audit_tags ON id = tag ORDER BY name, key').all(),
    raw.prepare(`SELECT rowid FROM decision_words WHERE decision_words MATCH '"公章"'`).all(),
  ];
  // Nobody knows any more how an old decision found its submission.
  raw.exec('UPDATE decision_facts SET found_status = NULL, found_round = NULL');
  const before = derived();
  expect(before.every((all) => all.length > 0)).toBe(true);
  raw.exec(`DELETE FROM decision_facts; DELETE FROM audit_tags; DELETE FROM decision_tags;
    INSERT INTO decision_words (decision_words) VALUES ('delete-all');`);
  raw.transaction(() => fillDecisionFacts(raw))();
  expect(derived()).toEqual(before);
  raw.close();
});
