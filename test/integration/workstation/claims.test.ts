import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import type { Act } from '../../../shared/decision.ts';
import type { SubmissionId } from '../../../shared/ids.ts';
import type { QueueRow, ReviewSubject } from '../../../shared/ipc.ts';
import type { Submission } from '../../../shared/submission.ts';
import { returning } from '../../factories/submission.ts';
import {
  type Office,
  openDesk,
  openOffice,
  openSyncedDesk,
  rows,
  signIn,
  status,
  synced,
  type TestDesk,
} from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

// Several desks a test, each with its own sign-in.
vi.setConfig({ testTimeout: 60_000 });

const FIRST = '样例审核员一';
const SECOND = '样例审核员二';

/** A desk of another account, through with its synchronisation. */
async function openSecond(office: Office, account: string, options: Parameters<typeof openDesk>[0] = {}) {
  const opened = await openDesk(options);
  await signIn(opened, office, account);
  await synced(opened);
  return opened;
}

async function firstRow(bench: TestDesk): Promise<QueueRow> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  return row;
}

async function firstSubject(bench: TestDesk): Promise<ReviewSubject> {
  return bench.handlers.subject({ id: (await firstRow(bench)).id });
}

function lock({ images }: Submission, index: number): Act {
  const image = images[index];
  if (!image) throw new Error('no such picture');
  return { kind: 'image.lock', slot: image.slot, sha256: image.sha256 };
}

async function decide(bench: TestDesk, { id, revision }: Submission, act: Act) {
  return (await bench.handlers.decide({ submissionId: id, revision, act })).decision;
}

/** Waits until a desk shows who has the first submission, asking for news meanwhile as a person would. */
async function holderShown(bench: TestDesk, holder: string | null): Promise<void> {
  await until(
    `${holder} has it`,
    async () => {
      bench.desk.startSync();
      await pause(100);
      return ((await firstRow(bench)).claim?.name ?? null) === holder;
    },
    30_000,
  );
}

async function takeOver(supervisor: TestDesk, id: SubmissionId, name: string | null): Promise<void> {
  const reviewers = await supervisor.handlers.reviewers({ id });
  const to = reviewers.find((one) => one.name === name)?.id ?? null;
  await supervisor.handlers.takeOver({ id, to, reason: '休假' });
}

test('what stays on screen is claimed, seen by others, and given back when it was only looked at', async () => {
  const office = await openOffice(1);
  const one = await openSyncedDesk(office);
  const two = await openSecond(office, 'reviewer2');
  const { id } = await firstRow(one);
  one.desk.stay(id);
  await holderShown(one, FIRST);
  expect((await firstRow(one)).claim?.mine).toBe(true);
  await holderShown(two, FIRST);
  expect((await firstRow(two)).claim?.mine).toBe(false);
  expect((await two.handlers.queueCounts(undefined)).others).toBe(1);
  expect((await one.handlers.queueCounts(undefined)).others).toBe(0);
  const { submission } = await firstSubject(two);
  await expect(decide(two, submission, lock(submission, 0))).rejects.toMatchObject({ code: 'claim.held' });
  expect(two.desk.status().waiting).toBe(0);
  one.desk.leave(id);
  await holderShown(two, null);
  expect((await decide(two, submission, lock(submission, 0))).claim).toBeNull();
});

test('reading ahead claims nothing; a claim with a decision stays, also after leaving and signing out', async () => {
  const office = await openOffice(2);
  const one = await openSyncedDesk(office);
  const [row, next] = await rows(one);
  if (!row || !next) throw new Error('the queue is empty');
  for (const { id } of [row, next]) await one.handlers.subject({ id });
  one.desk.stay(row.id);
  await holderShown(one, FIRST);
  const { submission } = await firstSubject(one);
  expect((await decide(one, submission, lock(submission, 0))).claim).toBe(1);
  await status(one, 'it is sent', ({ sent }) => sent === 1);
  one.desk.leave(row.id);
  one.desk.stay(next.id);
  await until('both are claimed', async () => {
    one.desk.startSync();
    await pause(100);
    return (await rows(one)).every(({ claim }) => claim?.mine);
  });
  await one.handlers.signOut(undefined);
  const two = await openSecond(office, 'reviewer2');
  const seen = await rows(two);
  expect(seen.map(({ claim }) => claim?.name ?? null)).toEqual([FIRST, null]);
});

test('offline all of it is decided without a claim, and is claimed with the first decision that arrives', async () => {
  const office = await openOffice(1);
  const one = await openSyncedDesk(office);
  const { submission } = await firstSubject(one);
  await office.line.set('down');
  one.desk.stay(submission.id);
  for (const index of [0, 1, 2]) {
    expect((await decide(one, submission, lock(submission, index))).claim).toBeNull();
  }
  await office.line.set('clear');
  await status(one, 'all is sent', ({ sent, waiting }) => sent === 3 && waiting === 0);
  await holderShown(one, FIRST);
  expect((await decide(one, submission, lock(submission, 3))).claim).toBe(1);
});

test('who comes back after a takeover loses cleanly: every decision is in sight with who has it, none applied', async () => {
  const office = await openOffice(1);
  const one = await openSyncedDesk(office);
  const { submission } = await firstSubject(one);
  one.desk.stay(submission.id);
  await holderShown(one, FIRST);
  await office.line.set('down');
  // Away in the middle of the work: two decisions wait on this computer, made under the first token.
  const made = [await decide(one, submission, lock(submission, 0)), await decide(one, submission, lock(submission, 1))];
  expect(made.map(({ claim }) => claim)).toEqual([1, 1]);
  await one.close();
  await office.line.set('clear');

  const supervisor = await openSecond(office, 'supervisor1');
  await takeOver(supervisor, submission.id, SECOND);
  const two = await openSecond(office, 'reviewer2');
  await holderShown(two, SECOND);
  const theirs = await decide(two, submission, lock(submission, 0));
  expect(theirs.claim).toBe(2);
  await status(two, 'theirs is applied', ({ sent }) => sent === 1);

  const again = await openDesk({ userData: one.userData });
  await signIn(again, office);
  await until('all are answered', () => again.desk.status().parked === 2 && again.desk.status().waiting === 0);
  const parked = await again.handlers.decisions({ states: ['conflict'], limit: 10 });
  for (const { problem } of parked) {
    expect(problem).toMatchObject({ code: 'claim.lost', claim: { token: 2, holder: { name: SECOND } } });
  }
  await holderShown(again, SECOND);
  const now = (await firstSubject(again)).submission;
  expect(now.images.filter(({ state }) => state === 'locked').map(({ slot }) => slot)).toEqual([
    submission.images[0]?.slot,
  ]);
  await expect(decide(again, submission, lock(submission, 2))).rejects.toMatchObject({ code: 'claim.held' });
  for (const { decision } of parked) await again.handlers.resolve({ id: decision.id, choice: 'dropped' });
  expect(again.desk.status().parked).toBe(0);
});

test('a submission that a supervisor gave stays with its reviewer, untouched or not', async () => {
  const office = await openOffice(1);
  const one = await openSyncedDesk(office);
  const supervisor = await openSecond(office, 'supervisor1');
  const { id } = await firstRow(one);
  await takeOver(supervisor, id, FIRST);
  await holderShown(one, FIRST);
  one.desk.stay(id);
  one.desk.leave(id);
  await one.handlers.signOut(undefined);
  await holderShown(supervisor, FIRST);
  await expect(one.handlers.reviewers({ id })).rejects.toMatchObject({ code: 'session.expired' });
});

test('only a supervisor can give a submission away, and only with the service', async () => {
  const office = await openOffice(1);
  const one = await openSyncedDesk(office);
  const { id } = await firstRow(one);
  await expect(one.handlers.takeOver({ id, to: null, reason: '休假' })).rejects.toMatchObject({
    code: 'account.not_allowed',
  });
  const supervisor = await openSecond(office, 'supervisor1');
  supervisor.desk.stay(id);
  await office.line.set('down');
  await expect(supervisor.handlers.takeOver({ id, to: null, reason: '休假' })).rejects.toMatchObject({
    code: 'network.refused',
  });
  await office.line.set('clear');
  await takeOver(supervisor, id, SECOND);
  await holderShown(supervisor, SECOND);
});

test.each([-1, 1])('a clock that is off by %d years changes nothing', async (years) => {
  const office = await openOffice(1);
  const offset = years * 365 * 24 * 3_600_000;
  const one = await openSyncedDesk(office, { now: () => new Date(Date.now() + offset) });
  const two = await openSecond(office, 'reviewer2');
  const { submission } = await firstSubject(one);
  one.desk.stay(submission.id);
  await holderShown(two, FIRST);
  await holderShown(one, FIRST);
  expect(Math.abs(Date.parse((await firstRow(one)).claim?.since ?? '') - Date.now())).toBeLessThan(3_600_000);
  await decide(one, submission, returning(submission, ['M03-1']));
  await status(one, 'it is sent', ({ sent }) => sent === 1);
  await holderShown(two, null);
});

test('a claim whose answer never arrived is given back too, when the submission was left meanwhile', async () => {
  const office = await openOffice(1);
  const one = await openSyncedDesk(office);
  const { id } = await firstRow(one);
  await office.line.set('deaf');
  one.desk.stay(id);
  const given = () =>
    office.data().db.selectFrom('claims').select(['token', 'shown']).where('submission_id', '=', id).executeTakeFirst();
  await until('the service has given it', async () => (await given())?.shown === 1);
  await until('the answer was cut off', () => office.line.cut() > 0);
  one.desk.leave(id);
  await office.line.set('clear');
  await until('it is nobody’s again', async () => {
    one.desk.startSync();
    await pause(100);
    return (await given())?.shown === 0;
  });
});

test('an end of the app in the middle leaves nothing claimed that was only looked at', async () => {
  const office = await openOffice(1);
  const one = await openSyncedDesk(office);
  const { id } = await firstRow(one);
  one.desk.stay(id);
  await holderShown(one, FIRST);
  // As a kill leaves it: nothing is given back.
  await office.line.set('down');
  await one.close();
  await office.line.set('clear');
  const two = await openSecond(office, 'reviewer2');
  expect((await firstRow(two)).claim?.name).toBe(FIRST);
  const again = await openDesk({ userData: one.userData });
  await again.desk.signIn({ service: office.line.url, account: 'reviewer1', password: STAFF_PASSWORD });
  await holderShown(two, null);
});
