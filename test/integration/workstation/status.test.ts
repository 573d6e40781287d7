import { expect, test } from 'vitest';
import { beijingDate } from '../../../shared/deadline-risk.ts';
import type { Act } from '../../../shared/decision.ts';
import type { ReviewSubject } from '../../../shared/ipc.ts';
import { reviewEnd } from '../../../shared/policy.ts';
import { openDesk, openOffice, rows, signIn, status, synced, type TestDesk } from '../../helpers/office.ts';

const DAY = 86_400_000;

async function subject(bench: TestDesk, index: number): Promise<ReviewSubject> {
  const row = (await rows(bench))[index];
  if (!row) throw new Error('the queue is shorter');
  return bench.handlers.subject({ id: row.id });
}

async function decide(bench: TestDesk, { submission }: ReviewSubject, act: Act): Promise<ReviewSubject> {
  const { id, revision } = submission;
  return (await bench.handlers.decide({ submissionId: id, revision, act })).subject;
}

const seen = ({ submission }: ReviewSubject) => submission.images.map(({ slot, sha256 }) => ({ slot, sha256 }));

async function giveBack(bench: TestDesk, index: number): Promise<void> {
  const of = await subject(bench, index);
  const [first, ...kept] = seen(of);
  if (!first) throw new Error('no picture');
  await decide(bench, of, {
    kind: 'submission.return',
    images: [{ ...first, reasons: ['Q01'], comment: '' }],
    kept,
    materials: [],
    form: { reasons: [], comment: '' },
  });
}

test('offline it tells what waits, since when, when it is tried again and which deadlines suffer', async () => {
  const office = await openOffice(4);
  // Tomorrow is the last day: a return leaves less than the 72 hours.
  const end = reviewEnd({ reviewUntil: beijingDate(Date.now() + DAY) });
  const { db } = office.data();
  for (const { id, document } of await db.selectFrom('submissions').select(['id', 'document']).execute()) {
    const moved = JSON.stringify({ ...JSON.parse(document), deadline: end });
    await db.updateTable('submissions').set({ deadline: end, document: moved }).where('id', '=', id).execute();
  }
  const bench = await openDesk();
  await signIn(bench, office);
  await synced(bench);
  const { desk } = bench;
  expect(desk.status()).toMatchObject({
    online: true,
    risk: null,
    unsent: { images: 0, oldestAt: null },
    parkedWhy: [],
  });
  await office.line.set('down');
  const began = Date.now();
  const first = await subject(bench, 0);
  const [picture] = seen(first);
  if (!picture) throw new Error('no picture');
  await decide(bench, first, { kind: 'image.lock', ...picture });
  await giveBack(bench, 1);
  await giveBack(bench, 2);
  await decide(bench, await subject(bench, 3), {
    kind: 'submission.refuse',
    images: seen(await subject(bench, 3)),
    reasons: ['E01'],
    comment: '',
  });
  await status(bench, 'it is noticed', ({ online }) => !online);
  const now = desk.status();
  expect(now.unsent).toMatchObject({ images: 1, returns: 2, approvals: 0, refusals: 1 });
  expect(Date.parse(now.unsent.oldestAt ?? '')).toBeGreaterThanOrEqual(began);
  expect(now.problem?.code).toBe('network.refused');
  expect(now.risk).toEqual({
    level: 'soon',
    returns: { total: 2, closing: [{ at: end, count: 2, urgency: 'soon' }] },
    conclusions: { total: 1, closing: [{ at: end, count: 1, urgency: 'soon' }] },
    undecided: { total: 1, closing: [{ at: end, count: 1, urgency: 'soon' }] },
  });
  await status(bench, 'the next try is known', ({ line }) => line.nextTryAt !== null);
  await office.line.set('clear');
  desk.startSync();
  await status(bench, 'all is sent', ({ waiting, online }) => online && waiting === 0);
  expect(desk.status()).toMatchObject({
    risk: null,
    unsent: { images: 0, returns: 0, approvals: 0, refusals: 0, oldestAt: null },
    line: { proxy: null, slow: null, nextTryAt: null },
    problem: null,
    offlineSince: null,
  });
});
