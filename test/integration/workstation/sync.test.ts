import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCursor } from '../../../electron/store/cursor.ts';
import { markRestored } from '../../../service/start.ts';
import {
  blobFolder,
  HOLDS,
  lockFirst,
  openDesk,
  openOffice,
  openSyncedDesk,
  rows,
  signIn,
  status,
  synced,
} from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

test('after the first synchronisation everything assigned is here, verified and looked at', async () => {
  const office = await openOffice(4);
  const bench = await openSyncedDesk(office);
  const all = await rows(bench);
  expect(all).toHaveLength(4);
  expect(all.every(({ complete }) => complete)).toBe(true);
  const { sync, lastSync, online } = bench.desk.status();
  expect(sync).toMatchObject({ phase: 'done', first: false, complete: 4, problem: null });
  expect(sync.images.done).toBe(sync.images.total);
  expect(sync.bytes.done).toBe(sync.bytes.total);
  expect(online).toBe(true);
  expect(lastSync).not.toBeNull();
  const [first] = all;
  if (!first) throw new Error('the queue is empty');
  const facts = async () => (await bench.handlers.subject({ id: first.id })).facts;
  await until('all pictures were looked at', async () => (await facts()).length === 6);
  for (const fact of await facts()) {
    expect(fact).toMatchObject({ format: 'jpeg', width: 320, height: 240, orientation: 1, decodes: 'whole' });
    expect(bench.desk.picture('small', fact.sha256)?.type).toBe('image/jpeg');
    expect(bench.desk.picture('full', fact.sha256)?.body.length).toBe(fact.bytes);
  }
});

test('cancelled, it goes on where it stopped', async () => {
  const office = await openOffice(12);
  const bench = await openDesk();
  await signIn(bench, office);
  await status(bench, 'some pictures are here', ({ sync }) => sync.images.done > 0);
  bench.desk.cancelSync();
  await status(bench, 'it is cancelled', ({ sync }) => sync.phase === 'cancelled' || sync.phase === 'done');
  const { done } = bench.desk.status().sync.images;
  bench.desk.startSync();
  await synced(bench);
  const { images } = bench.desk.status().sync;
  expect(images.done).toBe(images.total);
  expect(images.done).toBeGreaterThanOrEqual(done);
});

test('a damaged picture is dropped and named, and fetched again once it is whole', async () => {
  const office = await openOffice(2);
  const folder = blobFolder(office);
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const [one] = names;
  if (!one) throw new Error('no picture on the disk');
  const path = join(one.parentPath, one.name);
  const whole = await readFile(path);
  const damaged = Buffer.from(whole);
  damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 0xff;
  await writeFile(path, damaged);
  const bench = await openDesk();
  await signIn(bench, office);
  await synced(bench);
  const { sync } = bench.desk.status();
  expect(sync.images.done).toBe(sync.images.total - 1);
  expect(sync.problem?.code).toMatch(/^(image\.damaged_transfer|service\.failed)$/);
  expect((await rows(bench)).filter(({ complete }) => !complete)).toHaveLength(1);
  await writeFile(path, whole);
  bench.desk.startSync();
  await status(bench, 'the picture is here', (now) => now.sync.images.done === now.sync.images.total);
  expect((await rows(bench)).every(({ complete }) => complete)).toBe(true);
});

test('a page and its cursor are taken in together or not at all', async () => {
  const office = await openOffice(3);
  const bench = await openDesk();
  await signIn(bench, office);
  await synced(bench);
  const { store } = bench.desk.work();
  const before = readCursor(store.read);
  store.transact((db) =>
    db
      .prepare(
        `CREATE TRIGGER fails BEFORE UPDATE ON cursor WHEN new.seq > old.seq
         BEGIN SELECT RAISE(ABORT, 'the cursor cannot be moved'); END`,
      )
      .run(),
  );
  const other = await openDesk();
  await signIn(other, office, 'reviewer2');
  await synced(other);
  const id = await lockFirst(other);
  await status(other, 'it was sent', ({ sent }) => sent === 1);
  bench.desk.startSync();
  await status(bench, 'the page is refused', ({ problem }) => problem !== null);
  expect(readCursor(store.read).seq).toBe(before.seq);
  const state = async () => (await bench.handlers.subject({ id })).submission.images[0]?.state;
  expect(await state()).toBe('open');
  store.transact((db) => db.prepare('DROP TRIGGER fails').run());
  bench.desk.startSync();
  await until('the page is taken in', async () => (await state()) === 'locked');
  expect(readCursor(store.read).seq).toBeGreaterThan(before.seq);
});

test('a restored service is read anew; what waits stays and is still on top', async () => {
  const office = await openOffice(3);
  const bench = await openSyncedDesk(office, { holds: HOLDS });
  const id = await lockFirst(bench);
  const before = readCursor(bench.desk.work().store.read);
  await office.restart((data) => markRestored(data.db, new Date().toISOString()));
  bench.desk.startSync();
  await until('the new epoch is here', () => readCursor(bench.desk.work().store.read).epoch !== before.epoch);
  await synced(bench);
  expect(await rows(bench)).toHaveLength(3);
  expect(bench.desk.status().waiting).toBe(1);
  expect((await bench.handlers.subject({ id })).submission.images[0]?.state).toBe('locked');
});
