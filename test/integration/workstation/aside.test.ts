import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Store } from '../../../electron/store/database.ts';
import { REVIEW_MIGRATIONS } from '../../../electron/store/migrations/list.ts';
import { queuePage } from '../../../electron/store/queue.ts';
import { queueCounts } from '../../../electron/store/queue-tally.ts';
import { readAside } from '../../../electron/store/set-aside.ts';
import { refreshSubmission, takeSubmission } from '../../../electron/store/submissions.ts';
import type { Aside } from '../../../shared/aside.ts';
import { AccountId, type SubmissionId } from '../../../shared/ids.ts';
import { QueueQuery } from '../../../shared/ipc.ts';
import type { Submission } from '../../../shared/submission.ts';
import { policy, submission } from '../../factories/submission.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { HOLDS, NO_HOLDS, openOffice, openSyncedDesk, rows, signIn, type TestDesk } from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

const CALL: Aside = { usual: 'call' };
const WORDS: Aside = { words: '等毕业证原件' };
const OPEN = QueueQuery.parse({});

async function firstTwo(bench: TestDesk): Promise<[SubmissionId, SubmissionId]> {
  const [one, two] = await rows(bench);
  if (!one || !two) throw new Error('the queue is too short');
  return [one.id, two.id];
}

const asideOf = async ({ handlers }: TestDesk, id: SubmissionId) => (await handlers.subject({ id })).aside;
const reasons = async (bench: TestDesk) => (await rows(bench)).map(({ aside }) => aside);

async function subjectOf({ handlers }: TestDesk, id: SubmissionId): Promise<Submission> {
  return (await handlers.subject({ id })).submission;
}

async function lockFirst(bench: TestDesk, id: SubmissionId) {
  const { revision, images } = await subjectOf(bench, id);
  const [image] = images;
  if (!image) throw new Error('no picture');
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  return bench.handlers.decide({ submissionId: id, revision, act });
}

test('what is set aside says why, is counted, comes last, and is taken up again', async () => {
  const bench = await openSyncedDesk(await openOffice(3), { holds: HOLDS });
  const { handlers } = bench;
  const [one, two] = await firstTwo(bench);
  const around = (id: SubmissionId) => handlers.queueNeighbours({ ...OPEN, id });
  await handlers.setAside({ submissionId: two, aside: CALL });
  expect(await reasons(bench)).toEqual([null, CALL, null]);
  expect(await handlers.queueCounts(undefined)).toMatchObject({ open: 3, aside: 1 });
  const { next: three } = await around(one);
  if (!three) throw new Error('nothing comes next');
  expect(await around(three)).toMatchObject({ previous: one, next: two, onward: null });
  await handlers.setAside({ submissionId: three, aside: WORDS });
  expect(await asideOf(bench, three)).toEqual(WORDS);
  expect(await around(one)).toMatchObject({ previous: null, next: two, onward: two });
  await handlers.setAside({ submissionId: two, aside: null });
  expect(await reasons(bench)).toEqual([null, null, WORDS]);
  expect(await handlers.queueCounts(undefined)).toMatchObject({ aside: 1 });
  expect(await around(one)).toMatchObject({ next: two });
});

test('undo and redo take it in its turn among the decisions; a decision on it ends it until it is undone', async () => {
  const bench = await openSyncedDesk(await openOffice(2), { holds: HOLDS });
  const { handlers } = bench;
  const [one, two] = await firstTwo(bench);
  const undo = () => handlers.undo({ submissionId: null });
  const { decision } = await lockFirst(bench, one);
  await handlers.setAside({ submissionId: one, aside: CALL });
  await handlers.setAside({ submissionId: two, aside: WORDS });
  await handlers.setAside({ submissionId: two, aside: null });
  expect(await undo()).toMatchObject({ withdrawn: null, aside: two });
  expect(await reasons(bench)).toEqual([CALL, WORDS]);
  expect(await undo()).toMatchObject({ aside: two });
  expect(await undo()).toMatchObject({ aside: one });
  expect(await reasons(bench)).toEqual([null, null]);
  expect(await undo()).toMatchObject({ withdrawn: { id: decision.id } });
  await expect(async () => undo()).rejects.toMatchObject({ code: 'decision.nothing_to_undo' });
  expect((await handlers.redo(undefined)).decision?.act).toEqual(decision.act);
  expect(await handlers.redo(undefined)).toMatchObject({ decision: null, aside: one });
  expect(await handlers.redo(undefined)).toMatchObject({ aside: two });
  expect(await reasons(bench)).toEqual([CALL, WORDS]);
  // What is judged ends it; a note or another's decision doesn't.
  await lockFirst(bench, two);
  expect(await asideOf(bench, one)).toEqual(CALL);
  const { revision } = await subjectOf(bench, one);
  await handlers.decide({
    submissionId: one,
    revision,
    act: { kind: 'submission.note', image: null, text: '已致电' },
  });
  expect(await asideOf(bench, one)).toEqual(CALL);
  await lockFirst(bench, one);
  expect(await asideOf(bench, one)).toBeNull();
  await handlers.undo({ submissionId: null });
  expect(await asideOf(bench, one)).toEqual(CALL);
});

test('it outlasts the app, says nothing to the service, and a decision that was sent is not undone by it', async () => {
  const office = await openOffice(2);
  const bench = await openSyncedDesk(office, { holds: NO_HOLDS });
  const [one, two] = await firstTwo(bench);
  const feed = () => office.data().db.selectFrom('feed').selectAll().execute();
  const before = await feed();
  await bench.handlers.setAside({ submissionId: one, aside: WORDS });
  await bench.handlers.signOut(undefined);
  await signIn(bench, office);
  expect(await reasons(bench)).toEqual([WORDS, null]);
  expect(await feed()).toEqual(before);
  await lockFirst(bench, two);
  await until('the decision is applied', async () => {
    const [newest] = await bench.handlers.decisions({ limit: 1 });
    return newest?.state === 'applied';
  });
  await expect(async () => bench.handlers.undo({ submissionId: null })).rejects.toMatchObject({
    code: 'decision.nothing_to_undo',
  });
  expect(await reasons(bench)).toEqual([WORDS, null]);
});

test('a store of before learns it; what the candidate sends anew, or another one concludes, is not set aside any more', async () => {
  const at = { path: join(await temporaryFolder(), 'review.db'), key: randomBytes(32), binding: null };
  const view = { me: AccountId.parse('acc-1'), level: 'site', policy: policy() } as const;
  const of = submission();
  const old = Store.open({ ...at, migrations: REVIEW_MIGRATIONS.filter(({ version }) => version < 9) });
  const columns = old.read.prepare("SELECT name FROM pragma_table_info('submissions')").pluck().all();
  expect(columns).not.toContain('aside');
  old.transact((db) =>
    db
      .prepare(
        `INSERT INTO submissions (id, epoch, seq, registration_number, name, name_key, initials, id_number, level, class,
           paths, status, status_key, open, round, revision, materials, points, judged, submitted_at, deadline_key,
           base_deadline_key, base_status_key, base_points)
         VALUES (?, 'e', 1, '2026990101000001', '赵样例', 'zhao', 'zyl', '99010219850531123X', '', '', '[]', 'pending', 1,
           1, 1, 1, '[]', 0, 0, '', '', '', 1, 0)`,
      )
      .run(of.id),
  );
  old.close();
  const store = Store.open({ ...at, migrations: REVIEW_MIGRATIONS });
  onTestFinished(() => store.close());
  expect(queueCounts(store.read, 'site')).toMatchObject({ all: 1, open: 1, aside: 0 });
  let seq = 1;
  const take = (own: Partial<Submission>) => {
    seq += 1;
    store.transact((db) => takeSubmission(db, { ...of, seq, ...own }, 'e', view));
    return readAside(store.read, of.id);
  };
  const stepOf = (revision: number) =>
    store.transact((db) => {
      db.prepare('INSERT INTO set_aside (submission_id, reason, revision, after_seq, at) VALUES (?, ?, ?, 0, ?)').run(
        of.id,
        JSON.stringify(CALL),
        revision,
        of.submittedAt,
      );
      refreshSubmission(db, of.id, view);
    });
  expect(take({})).toBeNull();
  stepOf(of.revision);
  expect(take({ deadline: null })).toEqual(CALL);
  const page = queuePage(store.read, { ...OPEN, filter: 'aside', after: null, limit: 5 }, 'site');
  expect(page).toMatchObject({ total: 1, rows: [{ id: of.id, aside: CALL }] });
  expect(take({ status: 'site_approved' })).toBeNull();
  expect(take({})).toEqual(CALL);
  expect(take({ revision: of.revision + 1 })).toBeNull();
  expect(queueCounts(store.read, 'site')).toMatchObject({ open: 1, aside: 0 });
  stepOf(of.revision + 1);
  expect(queueCounts(store.read, 'site')).toMatchObject({ aside: 1 });
  store.transact((db) => db.prepare('DELETE FROM submissions').run());
  expect(queueCounts(store.read, 'site')).toMatchObject({ open: 0, aside: 0 });
});
