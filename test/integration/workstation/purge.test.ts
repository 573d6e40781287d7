import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PictureStores } from '../../../electron/images/fetch.ts';
import { notePictures } from '../../../electron/images/fetch.ts';
import { type PurgeOptions, purge, purgeFinished, sweep } from '../../../electron/images/purge.ts';
import { isPurged, noteFinished } from '../../../electron/store/finished.ts';
import { originalsAfter, readOriginal, readSmall } from '../../../electron/store/originals.ts';
import { attendedPictures, countPictures, wantedPictures } from '../../../electron/store/pictures.ts';
import { takeSubmission } from '../../../electron/store/submissions.ts';
import { policyOf, savePolicy } from '../../../service/store/policies.ts';
import { AccountId, Sha256, SubmissionId } from '../../../shared/ids.ts';
import { STATUSES, type Status } from '../../../shared/submission.ts';
import { image, policy, submission } from '../../factories/submission.ts';
import { openDesk, openOffice, openSyncedDesk, rows, signIn } from '../../helpers/office.ts';
import { emptyStores } from '../../helpers/stores.ts';
import { until } from '../../helpers/until.ts';

/** What is finished makes room; what is not stays. */

const VIEW = { me: AccountId.parse('acc-1'), level: 'site', policy: policy() } as const;
const DAY = 24 * 3_600_000;
const START = Date.parse('2026-03-10T02:00:00.000Z');

type Held = { readonly id: SubmissionId; readonly sha256: Sha256 };

/** Submissions in these states with a picture each, all here with their small renditions. */
async function hold({ review, images }: PictureStores, states: readonly Status[], bytes = 20_000): Promise<Held[]> {
  const held: Held[] = [];
  for (const [index, status] of states.entries()) {
    const body = randomBytes(bytes);
    const sha256 = Sha256.parse(createHash('sha256').update(body).digest('hex'));
    const id = SubmissionId.parse(`s-${index}`);
    const one = submission({ id, status, seq: index + 1, images: [image('M01-1', { sha256, bytes })] });
    review.transact((db) => takeSubmission(db, one, 'epoch', VIEW));
    await images.keep([{ sha256, type: 'image/jpeg', body }]);
    await images.keepSmall(sha256, body.subarray(0, 500));
    notePictures(review, [{ sha256, bytes }]);
    held.push({ id, sha256 });
  }
  return held;
}

const optionsOf = (stores: PictureStores, more: Partial<PurgeOptions> = {}): PurgeOptions => ({
  stores,
  now: () => new Date(START),
  signal: new AbortController().signal,
  attended: () => [],
  onPurged: () => undefined,
  ...more,
});
const RULE = { level: 'site', days: 7, budget: 1e12 } as const;

const here = ({ images }: PictureStores, held: readonly Held[]) =>
  held.map(({ sha256 }) => readOriginal(images.read, sha256) !== null);

test('pictures go a week after the desk has heard that the submission is finished; those under review never', async () => {
  const { stores, close } = await emptyStores();
  const held = await hold(stores, ['pending', 'returned', 'site_approved', 'approved', 'refused', 'lapsed']);
  expect(await purge(optionsOf(stores), RULE)).toBe(0);
  const later = optionsOf(stores, { now: () => new Date(START + 7 * DAY) });
  const purged: string[] = [];
  expect(await purge({ ...later, onPurged: (ids) => purged.push(...ids) }, RULE)).toBe(4);
  expect(here(stores, held)).toEqual([true, true, false, false, false, false]);
  expect(purged).toEqual(['s-2', 's-3', 's-4', 's-5']);
  for (const { sha256 } of held.slice(2)) expect(readSmall(stores.images.read, sha256)).toBeNull();
  // Not wanted any more, and not counted as lacking, until somebody looks.
  expect(wantedPictures(stores.review.read, 9, () => false)).toEqual([]);
  expect(countPictures(stores.review.read).images).toEqual({ done: 2, total: 2 });
  const [, , third] = held;
  if (!third) throw new Error('no submission');
  expect(isPurged(stores.review.read, third.id)).toBe(true);
  expect(attendedPictures(stores.review.read, [third.id])).toMatchObject([{ sha256: third.sha256 }]);
  await close();
});

test('what is passed on is finished for the first level alone', async () => {
  const { stores, close } = await emptyStores();
  const held = await hold(stores, ['site_approved', 'approved']);
  const later = optionsOf(stores, { now: () => new Date(START + 8 * DAY) });
  await purge(optionsOf(stores), { ...RULE, level: 'district' });
  expect(await purge(later, { ...RULE, level: 'district' })).toBe(1);
  expect(here(stores, held)).toEqual([true, false]);
  await close();
});

test('an unsent or parked decision, and what is on screen, keep their pictures', async () => {
  const { stores, close } = await emptyStores();
  const held = await hold(stores, ['approved', 'approved', 'approved', 'approved']);
  stores.review.transact((db) => {
    db.prepare(`UPDATE submissions SET waiting = 1 WHERE id = 's-0'`).run();
    db.prepare(`UPDATE submissions SET parked = 1 WHERE id = 's-1'`).run();
  });
  const [, , shown] = held;
  const attended = () => (shown ? [shown.id] : []);
  const options = optionsOf(stores, { attended, now: () => new Date(START) });
  expect(await purge(options, { ...RULE, days: 0, budget: 0 })).toBe(1);
  expect(here(stores, held)).toEqual([true, true, true, false]);
  expect(await purgeFinished(optionsOf(stores), 'site')).toBe(1);
  expect(here(stores, held)).toEqual([true, true, false, false]);
  const left = stores.review.read.prepare('SELECT id FROM submissions ORDER BY id').pluck().all();
  expect(left).toEqual(['s-0', 's-1']);
  await close();
});

test('a picture that a submission under review has too stays', async () => {
  const { stores, close } = await emptyStores();
  const [finished] = await hold(stores, ['approved']);
  if (!finished) throw new Error('no submission');
  const other = submission({
    id: SubmissionId.parse('other'),
    seq: 9,
    images: [image('M03-1', { sha256: finished.sha256, bytes: 20_000 })],
  });
  stores.review.transact((db) => takeSubmission(db, other, 'epoch', VIEW));
  expect(await purge(optionsOf(stores), { ...RULE, days: 0 })).toBe(0);
  expect(here(stores, [finished])).toEqual([true]);
  await close();
});

test('taken up again, its pictures are wanted again', async () => {
  const { stores, close } = await emptyStores();
  const [one] = await hold(stores, ['site_approved']);
  if (!one) throw new Error('no submission');
  await purge(optionsOf(stores), { ...RULE, days: 0 });
  const images = [image('M01-1', { sha256: one.sha256, bytes: 20_000 })];
  const again = submission({ id: one.id, status: 'pending', seq: 7, images });
  stores.review.transact((db) => takeSubmission(db, again, 'epoch', VIEW));
  expect(stores.review.transact((db) => noteFinished(db, 'site', new Date(START).toISOString()))).toBe(1);
  expect(wantedPictures(stores.review.read, 9, () => false)).toEqual([{ sha256: one.sha256, bytes: 20_000 }]);
  await close();
});

test('over the budget those go first that were finished first, and the file shrinks', async () => {
  const { stores, close } = await emptyStores();
  const held = await hold(stores, ['pending', ...Array.from({ length: 5 }, () => 'approved' as const)], 400_000);
  const before = stores.images.used();
  const budget = before - 900_000;
  expect(await purge(optionsOf(stores), { ...RULE, budget })).toBe(3);
  expect(here(stores, held)).toEqual([true, false, false, false, true, true]);
  expect(stores.images.used()).toBeLessThanOrEqual(budget);
  const { path } = stores.images;
  await close();
  expect(statSync(path).size).toBeLessThan(before - 900_000);
});

test('bytes that a purge left behind when it was cut off are swept up', async () => {
  const { stores, close } = await emptyStores();
  const held = await hold(stores, ['pending', 'pending']);
  stores.review.transact((db) => db.prepare('DELETE FROM pictures WHERE sha256 = ?').run(held[0]?.sha256));
  await sweep(optionsOf(stores));
  expect(here(stores, held)).toEqual([false, true]);
  expect(originalsAfter(stores.images.read, '', 9)).toHaveLength(1);
  await close();
});

test('a purged picture is fetched again when its submission is looked at', async () => {
  const office = await openOffice(2);
  const bench = await openSyncedDesk(office);
  const { store } = bench.desk.work();
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  const { submission: subject } = await bench.handlers.subject({ id: row.id });
  store.transact((db) => {
    db.prepare(`INSERT INTO finished (submission_id, at, purged) VALUES (?, ?, 1)`).run(
      row.id,
      '2026-01-01T00:00:00.000Z',
    );
    for (const { sha256 } of subject.images) db.prepare('DELETE FROM pictures WHERE sha256 = ?').run(sha256);
  });
  expect(await bench.handlers.subject({ id: row.id })).toMatchObject({ purged: true });
  const absent = async () => (await bench.handlers.subject({ id: row.id })).absent.length;
  await until('its pictures are here again', async () => (await absent()) === 0);
}, 60_000);

test('signing out leaves nothing of what is finished where the district wants it so', async () => {
  const office = await openOffice(2);
  const { db } = office.data();
  await savePolicy(db, { ...(await policyOf(db, '99')), purgeOnSignOut: true });
  const bench = await openSyncedDesk(office);
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  const { submission: subject } = await bench.handlers.subject({ id: row.id });
  const key = STATUSES.indexOf('approved');
  const { store } = bench.desk.work();
  store.transact((writer) =>
    writer.prepare('UPDATE submissions SET base_status_key = ? WHERE id = ?').run(key, row.id),
  );
  await bench.desk.signOut();
  await office.line.set('down');
  const again = await openDesk({ userData: bench.userData });
  await signIn(again, office);
  expect((await rows(again)).map(({ id }) => id)).not.toContain(row.id);
  expect(await rows(again)).toHaveLength(1);
  for (const { sha256 } of subject.images) expect(again.desk.picture('full', sha256)).toBeNull();
}, 60_000);
