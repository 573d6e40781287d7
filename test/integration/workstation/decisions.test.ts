import { expect, test } from 'vitest';
import { firstBreak } from '../../../electron/store/audit.ts';
import type { Reader } from '../../../electron/store/database.ts';
import type { Act } from '../../../shared/decision.ts';
import type { ReviewSubject } from '../../../shared/ipc.ts';
import type { Submission } from '../../../shared/submission.ts';
import { approval, returning } from '../../factories/submission.ts';
import {
  HOLDS,
  NO_HOLDS,
  type Office,
  openDesk,
  openOffice,
  openSyncedDesk,
  rows,
  signIn,
  status,
  type TestDesk,
} from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

/** The first submission of the queue. */
async function firstSubject(bench: TestDesk): Promise<ReviewSubject> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  return bench.handlers.subject({ id: row.id });
}

function lock({ images }: Submission, index: number): Act {
  const image = images[index];
  if (!image) throw new Error('no such picture');
  return { kind: 'image.lock', slot: image.slot, sha256: image.sha256 };
}

async function decide(bench: TestDesk, { id, revision }: Submission, act: Act) {
  return bench.handlers.decide({ submissionId: id, revision, act });
}

async function lockAll(bench: TestDesk, submission: Submission): Promise<Submission> {
  let current = submission;
  for (const [index] of submission.images.entries()) {
    current = (await decide(bench, submission, lock(submission, index))).subject.submission;
  }
  return current;
}

const count = (db: Reader, table: string): number => {
  const row = db.prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get();
  return row?.n ?? -1;
};

const states = async (bench: TestDesk) => (await bench.handlers.decisions({ limit: 500 })).map(({ state }) => state);

/** How many decisions the service has applied. */
async function applied(office: Office): Promise<number> {
  const row = await office
    .data()
    .db.selectFrom('decisions')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

test('a decision, its place in the outbox, its log entry and its effect are saved together', async () => {
  const bench = await openSyncedDesk(await openOffice(2), { holds: HOLDS });
  const { submission } = await firstSubject(bench);
  const { decision, subject } = await decide(bench, submission, lock(submission, 0));
  expect(decision).toMatchObject({ deviceSeq: 1, submissionId: submission.id, revision: submission.revision });
  expect(subject.submission.images[0]?.state).toBe('locked');
  expect(subject.decisions[0]).toMatchObject({ decision, state: 'waiting', attempts: 0, receipt: null });
  expect(subject.undoable).toBe(true);
  const { read } = bench.desk.work().store;
  expect([count(read, 'decisions'), count(read, 'outbox'), count(read, 'audit')]).toEqual([1, 1, 1]);
  expect((await rows(bench))[0]).toMatchObject({ waiting: 1, judged: 1 });
});

test.each(['decisions', 'outbox', 'audit', 'documents'])(
  'when %s cannot be written, nothing is saved and nothing is said to be',
  async (table) => {
    const bench = await openSyncedDesk(await openOffice(1), { holds: HOLDS });
    const { submission } = await firstSubject(bench);
    const { store } = bench.desk.work();
    const moment = table === 'documents' ? 'UPDATE' : 'INSERT';
    store.transact((db) =>
      db.prepare(`CREATE TRIGGER fails BEFORE ${moment} ON ${table} BEGIN SELECT RAISE(ABORT, 'no'); END`).run(),
    );
    await expect(decide(bench, submission, lock(submission, 0))).rejects.toThrow('no');
    expect([count(store.read, 'decisions'), count(store.read, 'outbox'), count(store.read, 'audit')]).toEqual([
      0, 0, 0,
    ]);
    expect((await bench.handlers.subject({ id: submission.id })).submission).toEqual(submission);
    store.transact((db) => db.prepare('DROP TRIGGER fails').run());
    const { decision } = await decide(bench, submission, lock(submission, 0));
    expect(decision.deviceSeq).toBe(1);
  },
);

test('what the rules refuse is not saved', async () => {
  const bench = await openSyncedDesk(await openOffice(1));
  const { submission } = await firstSubject(bench);
  await expect(decide(bench, submission, approval(submission))).rejects.toMatchObject({
    code: 'decision.not_approvable',
  });
  const stale = { ...submission, revision: submission.revision + 1 };
  await expect(decide(bench, stale, lock(stale, 0))).rejects.toMatchObject({ code: 'decision.stale_revision' });
  expect(count(bench.desk.work().store.read, 'decisions')).toBe(0);
});

test('a supervisor sees and cannot decide', async () => {
  const office = await openOffice(1);
  const bench = await openDesk();
  await signIn(bench, office, 'supervisor1');
  await status(bench, 'it is through', ({ sync }) => sync.phase === 'done');
  const { submission } = await firstSubject(bench);
  await expect(decide(bench, submission, lock(submission, 0))).rejects.toMatchObject({ code: 'duty.supervisor' });
});

test('how a picture was on screen goes with the decision; one that was not seen is not locked', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office, { holds: NO_HOLDS });
  const { submission } = await firstSubject(bench);
  const { id: submissionId, revision, images } = submission;
  const [first, second] = images;
  if (!first || !second) throw new Error('too few pictures');
  const viewed = [{ slot: first.slot, sha256: first.sha256, ms: 840, percent: 55, rotated: true }];
  const { decision } = await bench.handlers.decide({ submissionId, revision, act: lock(submission, 0), viewed });
  expect(decision.viewed).toEqual(viewed);
  const unseen = async () => bench.handlers.decide({ submissionId, revision, act: lock(submission, 1), viewed });
  await expect(unseen()).rejects.toMatchObject({ code: 'decision.not_seen' });
  expect(count(bench.desk.work().store.read, 'decisions')).toBe(1);
  await status(bench, 'it is sent', ({ waiting, sent }) => waiting === 0 && sent === 1);
  const row = await office.data().db.selectFrom('decisions').select('canonical').executeTakeFirstOrThrow();
  expect(JSON.parse(row.canonical)).toMatchObject({ viewed });
});

test('locked and approved: applied once by the service, shown all the way, receipts kept', async () => {
  const office = await openOffice(2);
  const bench = await openSyncedDesk(office);
  const { submission } = await firstSubject(bench);
  const locked = await lockAll(bench, submission);
  const { subject } = await decide(bench, locked, approval(locked));
  expect(subject.submission.status).toBe('site_approved');
  await status(bench, 'all is sent', ({ waiting, sent }) => waiting === 0 && sent === submission.images.length + 1);
  expect(await applied(office)).toBe(submission.images.length + 1);
  await until('the feed has brought it', async () => {
    const now = await bench.handlers.subject({ id: submission.id });
    expect(now.submission.status).toBe('site_approved');
    return now.submission.seq > submission.seq;
  });
  const { decisions } = await bench.handlers.subject({ id: submission.id });
  expect(decisions.every(({ receipt, state }) => state === 'applied' && receipt !== null)).toBe(true);
  expect(firstBreak(bench.desk.work().store.read)).toBeNull();
});

test('a return reaches the service as one decision', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const { submission } = await firstSubject(bench);
  await decide(bench, submission, returning(submission, ['M03-1'], { reasons: ['Q01', 'R01'], comment: '请重拍' }));
  await status(bench, 'it is sent', ({ sent }) => sent === 1);
  await until('the opinion is here', async () => {
    const now = await bench.handlers.subject({ id: submission.id });
    return now.submission.opinions.length === 1 && now.submission.status === 'returned';
  });
});

test('what was not sent can be undone, newest first, and the log keeps both', async () => {
  const bench = await openSyncedDesk(await openOffice(1), { holds: HOLDS });
  const { submission } = await firstSubject(bench);
  const first = await decide(bench, submission, lock(submission, 0));
  const second = await decide(bench, submission, lock(submission, 1));
  const { name } = submission.form;
  expect(await bench.handlers.undo({ submissionId: submission.id })).toEqual({ withdrawn: second.decision, name });
  expect(await bench.handlers.undo({ submissionId: null })).toEqual({ withdrawn: first.decision, name });
  await expect((async () => bench.handlers.undo({ submissionId: null }))()).rejects.toMatchObject({
    code: 'decision.nothing_to_undo',
  });
  expect((await bench.handlers.subject({ id: submission.id })).submission).toEqual(submission);
  expect(await states(bench)).toEqual(['withdrawn', 'withdrawn']);
  const { read } = bench.desk.work().store;
  expect(count(read, 'audit')).toBe(4);
  expect(firstBreak(read)).toBeNull();
  expect((await decide(bench, submission, lock(submission, 0))).decision.deviceSeq).toBe(3);
});

test('an answer that is lost leads to the same receipt, not to a second effect', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const { submission } = await firstSubject(bench);
  await office.line.set('deaf');
  await decide(bench, submission, lock(submission, 0));
  await until('the service has applied it', async () => (await applied(office)) === 1);
  await until('the answer was cut off', () => office.line.cut() > 0);
  await status(bench, 'the desk knows nothing', ({ waiting, online }) => waiting === 1 && !online);
  await expect((async () => bench.handlers.undo({ submissionId: null }))()).rejects.toMatchObject({
    code: 'decision.sent',
  });
  await office.line.set('clear');
  await status(bench, 'it is sent', ({ sent, waiting }) => sent === 1 && waiting === 0);
  expect(await applied(office)).toBe(1);
  const [tracked] = await bench.handlers.decisions({ limit: 1 });
  expect(tracked?.attempts).toBeGreaterThan(1);
});

test('without the service all of it goes on, can be undone, and goes out in order when it is back', async () => {
  const office = await openOffice(2);
  const bench = await openSyncedDesk(office);
  await office.line.set('down');
  const { submission } = await firstSubject(bench);
  const locked = await lockAll(bench, submission);
  await decide(bench, locked, approval(locked));
  await status(bench, 'it is noticed', ({ online, offlineSince }) => !online && offlineSince !== null);
  await bench.handlers.undo({ submissionId: null });
  await decide(bench, locked, approval(locked));
  expect(bench.desk.status()).toMatchObject({ waiting: submission.images.length + 1, parked: 0 });
  await office.line.set('clear');
  await status(bench, 'all is sent', ({ waiting, online }) => waiting === 0 && online);
  const order = (await bench.handlers.decisions({ states: ['applied'], limit: 500 })).map(
    ({ decision, receipt }) => [decision.deviceSeq, receipt?.seq ?? 0] as const,
  );
  expect(order).toHaveLength(submission.images.length + 1);
  expect(order.every(([, seq], index) => index === 0 || seq < (order[index - 1]?.[1] ?? 0))).toBe(true);
});

test('a line that stalls is left and tried again', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  await office.line.set('stalled');
  const { submission } = await firstSubject(bench);
  await decide(bench, submission, lock(submission, 0));
  await status(bench, 'it is named', ({ problem }) => problem?.code === 'network.stalled');
  await office.line.set('clear');
  await status(bench, 'it is sent', ({ sent }) => sent === 1);
  expect(await applied(office)).toBe(1);
});

test('two desks on one submission: the later one is parked with its reason and shows what is there', async () => {
  const office = await openOffice(1);
  const first = await openSyncedDesk(office, { holds: NO_HOLDS });
  const second = await openDesk({ holds: { image: 1_500, submission: 1_500 } });
  await signIn(second, office, 'reviewer2');
  await status(second, 'it is through', ({ sync }) => sync.phase === 'done');
  const { submission } = await firstSubject(second);
  await office.line.set('down');
  await decide(second, submission, lock(submission, 0));
  await second.close();
  await office.line.set('clear');
  await decide(first, submission, returning(submission, ['M01-1']));
  await status(first, 'the first is applied', ({ sent }) => sent === 1);
  const again = await openDesk({ userData: second.userData });
  await signIn(again, office, 'reviewer2');
  const later = () => again.handlers.decisions({ limit: 1 });
  // Closing may have caught the decision held: it is due as soon as its hold is over.
  await until('it is answered', async () => (await later())[0]?.state === 'conflict');
  const [parked] = await later();
  expect(parked?.problem?.code).toBe('decision.status');
  await until('the return is here', async () => (await firstSubject(again)).submission.status === 'returned');
  expect((await rows(again))[0]).toMatchObject({ parked: true, waiting: 0 });
  expect((await firstSubject(again)).submission.images[0]?.state).toBe('returned');
  if (!parked) throw new Error('nothing is parked');
  await again.handlers.resolve({ id: parked.decision.id, choice: 'dropped' });
  expect(again.desk.status().parked).toBe(0);
  expect(await states(again)).toEqual(['dismissed']);
});

test('a decision that was on its way when the app ended goes out again under the same id', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const { submission } = await firstSubject(bench);
  await office.line.set('deaf');
  const { decision } = await decide(bench, submission, lock(submission, 0));
  await until('the service has applied it', async () => (await applied(office)) === 1);
  await bench.close();
  await office.line.set('clear');
  const again = await openDesk({ userData: bench.userData });
  await signIn(again, office);
  await status(again, 'it is sent', ({ sent }) => sent === 1);
  expect(await applied(office)).toBe(1);
  expect((await again.handlers.decisions({ limit: 1 }))[0]?.receipt?.decisionId).toBe(decision.id);
});

test('what was undone can be done again, in order, as decisions of their own, until something else is decided', async () => {
  const bench = await openSyncedDesk(await openOffice(1), { holds: HOLDS });
  const { submission } = await firstSubject(bench);
  await decide(bench, submission, lock(submission, 0));
  await decide(bench, submission, lock(submission, 1));
  await bench.handlers.undo({ submissionId: null });
  await bench.handlers.undo({ submissionId: null });
  const again = [await bench.handlers.redo(undefined), await bench.handlers.redo(undefined)];
  expect(again.map(({ decision, name }) => [decision?.act, decision?.deviceSeq, name])).toEqual([
    [lock(submission, 0), 3, submission.form.name],
    [lock(submission, 1), 4, submission.form.name],
  ]);
  const redo = async () => bench.handlers.redo(undefined);
  await expect(redo()).rejects.toMatchObject({ code: 'decision.nothing_to_redo' });
  expect(await states(bench)).toEqual(['waiting', 'waiting', 'withdrawn', 'withdrawn']);

  await bench.handlers.undo({ submissionId: null });
  await decide(bench, submission, lock(submission, 2));
  await expect(redo()).rejects.toMatchObject({ code: 'decision.nothing_to_redo' });
  expect(firstBreak(bench.desk.work().store.read)).toBeNull();
});
