import { copyFile, cp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { isSignedBy } from '../../../electron/signature.ts';
import { firstBreak } from '../../../electron/store/audit.ts';
import { readDevice } from '../../../electron/store/device.ts';
import { readServiceKey } from '../../../electron/store/meta.ts';
import { markRestored } from '../../../service/start.ts';
import { verifyAudit } from '../../../service/store/verify.ts';
import { receiptForm } from '../../../shared/chain.ts';
import type { Submission } from '../../../shared/submission.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import {
  HOLDS,
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

async function first(bench: TestDesk): Promise<Submission> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  return (await bench.handlers.subject({ id: row.id })).submission;
}

async function lock(bench: TestDesk, { id, revision, images }: Submission, index: number) {
  const image = images[index];
  if (!image) throw new Error('no such picture');
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  return (await bench.handlers.decide({ submissionId: id, revision, act })).decision;
}

/** Number, state and problem of every decision, oldest first. */
async function decisions(bench: TestDesk) {
  const all = await bench.handlers.decisions({ limit: 500 });
  return all.map(({ decision, state, problem }) => [decision.deviceSeq, state, problem?.code ?? null]).reverse();
}

const store = (bench: TestDesk) => bench.desk.work().store;
const links = (office: Office) =>
  office.data().db.selectFrom('links').select(['device', 'seq', 'withdrawn']).orderBy('seq').execute();

test('decisions name the one before, are signed, and their receipts are the service’s', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const submission = await first(bench);
  const one = await lock(bench, submission, 0);
  const two = await lock(bench, submission, 1);
  await status(bench, 'both are sent', ({ sent }) => sent === 2);
  const { read } = store(bench);
  const kept = read
    .prepare<[], { sha256: string; receipt_signature: string }>(
      'SELECT sha256, receipt_signature FROM decisions JOIN outbox USING (seq) ORDER BY seq',
    )
    .all();
  expect([one.previous, two.previous]).toEqual([null, kept[0]?.sha256]);
  const tracked = (await bench.handlers.decisions({ limit: 1 }))[0];
  if (!tracked?.receipt) throw new Error('no receipt');
  const key = readServiceKey(read) ?? '';
  expect(isSignedBy(key, receiptForm(tracked.receipt), kept[1]?.receipt_signature ?? '')).toBe(true);
  expect(key).toBe(office.data().signer.publicKey);
});

test('the private half of the key can be read nowhere on the disk', async () => {
  const bench = await openSyncedDesk(await openOffice(1));
  const { privateKey } = readDevice(store(bench).read);
  const canaries = [privateKey, Buffer.from(privateKey, 'hex')];
  const search = async () => {
    const files = await readdir(bench.userData, { recursive: true, withFileTypes: true });
    const contents = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)));
    return (await Promise.all(contents)).filter((bytes) => canaries.some((canary) => bytes.includes(canary)));
  };
  expect(await search()).toEqual([]);
  await bench.close();
  expect(await search()).toEqual([]);
});

test('withdrawn decisions keep their number; the service learns that they were, and not what', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office, { holds: { image: 60_000, submission: 60_000 } });
  const submission = await first(bench);
  const withdrawn = await lock(bench, submission, 0);
  await lock(bench, submission, 1);
  await bench.handlers.undo({ submissionId: null });
  await bench.handlers.undo({ submissionId: null });
  await bench.close();
  const again = await openDesk({ userData: bench.userData });
  await signIn(again, office);
  await lock(again, submission, 2);
  await status(again, 'it is sent', ({ sent }) => sent === 1);
  expect(await decisions(again)).toEqual([
    [1, 'withdrawn', null],
    [2, 'withdrawn', null],
    [3, 'applied', null],
  ]);
  expect((await links(office)).map(({ seq, withdrawn: gone }) => [seq, gone])).toEqual([
    [1, 1],
    [2, 1],
    [3, 0],
  ]);
  const raw = new Sqlite(join(office.folder, 'service.db'), { readonly: true });
  const dump = JSON.stringify([raw.prepare('SELECT * FROM links').all(), raw.prepare('SELECT * FROM audit').all()]);
  raw.close();
  expect(dump).not.toContain(withdrawn.id);
});

test('another key of the service is said, what waits stays, and goes out when the right one is back', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const submission = await first(bench);
  await lock(bench, submission, 0);
  await status(bench, 'it is sent', ({ sent }) => sent === 1);
  const file = join(office.folder, 'signing-key.pem');
  await office.restart(undefined, () => rename(file, `${file}.kept`));
  await lock(bench, submission, 1);
  await status(bench, 'it is said', ({ problem }) => problem?.code === 'service.key');
  await status(bench, 'it waits', ({ waiting, sent }) => waiting === 1 && sent === 1);
  // A sign-in does not make the other key the right one.
  await signIn(bench, office);
  await lock(bench, submission, 2);
  await status(bench, 'it is still said', ({ problem, waiting }) => problem?.code === 'service.key' && waiting === 2);
  // Only the one that met the other key went out at all.
  expect((await links(office)).map(({ seq }) => seq)).toEqual([1, 2]);
  await office.restart(undefined, () => rename(`${file}.kept`, file));
  await lock(bench, submission, 3);
  await status(bench, 'all is sent', ({ problem, sent, waiting }) => problem === null && sent === 4 && waiting === 0);
  expect((await links(office)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('a decision whose signature does not fit is parked in sight, and the ones after it go on', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const submission = await first(bench);
  await office.line.set('down');
  for (const index of [0, 1, 2]) await lock(bench, submission, index);
  store(bench).transact((db) => {
    db.prepare('DROP TRIGGER decisions_stay').run();
    db.prepare('UPDATE decisions SET signature = ? WHERE seq = 2').run('ab'.repeat(64));
  });
  await office.line.set('clear');
  await status(bench, 'nothing waits', ({ waiting, parked }) => waiting === 0 && parked === 1);
  expect(await decisions(bench)).toEqual([
    [1, 'applied', null],
    [2, 'refused', 'decision.signature'],
    [3, 'applied', null],
  ]);
  expect((await links(office)).map(({ withdrawn }) => withdrawn)).toEqual([0, 1, 0]);
});

test('what a restored service lost is sent again by itself', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const submission = await first(bench);
  await lock(bench, submission, 0);
  await status(bench, 'one is sent', ({ sent }) => sent === 1);
  const backup = join(await temporaryFolder(), 'backup.db');
  const file = join(office.folder, 'service.db');
  const raw = new Sqlite(file);
  raw.exec(`VACUUM INTO '${backup}'`);
  raw.close();
  await lock(bench, submission, 1);
  await lock(bench, submission, 2);
  await status(bench, 'all are sent', ({ sent }) => sent === 3);
  await office.restart(
    ({ db }) => markRestored(db, new Date().toISOString()),
    async () => {
      await rm(`${file}-wal`, { force: true });
      await rm(`${file}-shm`, { force: true });
      await copyFile(backup, file);
    },
  );
  expect(await links(office)).toHaveLength(1);
  bench.desk.startSync();
  await status(bench, 'they are on their way again', ({ sent, waiting }) => sent + waiting === 3);
  await until('the service has them', async () => (await links(office)).length === 3);
  await status(bench, 'all are sent again', ({ sent, waiting }) => sent === 3 && waiting === 0);
  const { epoch } = await office.data().db.selectFrom('feed').select('epoch').executeTakeFirstOrThrow();
  const receipts = (await bench.handlers.decisions({ limit: 2 })).map(({ receipt }) => receipt?.epoch);
  expect(receipts).toEqual([epoch, epoch]);
  expect(firstBreak(store(bench).read)).toBeNull();
  expect(await verifyAudit(office.data().db)).toMatchObject({ ok: true });
});

test('a copy of a workstation’s data cannot go on with its chain: what it decided is parked, it goes on as another', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office, { holds: HOLDS });
  const submission = await first(bench);
  await bench.close();
  const copy = await temporaryFolder();
  await cp(bench.userData, copy, { recursive: true });
  const original = await openDesk({ userData: bench.userData });
  await signIn(original, office);
  await lock(original, submission, 0);
  await status(original, 'it is sent', ({ sent }) => sent === 1);
  const { uuid } = readDevice(store(original).read);
  await original.close();
  await office.line.set('down');
  const other = await openDesk({ userData: copy });
  await signIn(other, office);
  await lock(other, submission, 1);
  await lock(other, submission, 2);
  await office.line.set('clear');
  await status(other, 'both are parked', ({ parked, waiting }) => parked === 2 && waiting === 0);
  await lock(other, submission, 3);
  await status(other, 'the next is sent', ({ sent }) => sent === 1);
  expect(await decisions(other)).toEqual([
    [1, 'refused', 'decision.chain'],
    [2, 'refused', 'decision.chain'],
    [3, 'applied', null],
  ]);
  expect(readDevice(store(other).read).uuid).not.toBe(uuid);
  expect((await links(office)).map(({ device, seq }) => [device === uuid, seq])).toEqual([
    [true, 1],
    [false, 3],
  ]);
});

test('a decision that the service cannot read is parked, and its place is told so that the next ones follow', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const submission = await first(bench);
  await office.line.set('down');
  for (const index of [0, 1, 2]) await lock(bench, submission, index);
  store(bench).transact((db) => {
    db.prepare('DROP TRIGGER decisions_stay').run();
    // In a form that the service does not take, though the workstation does.
    db.prepare(`UPDATE decisions SET signature = upper(signature) WHERE seq = 2`).run();
  });
  await office.line.set('clear');
  await status(bench, 'nothing waits', ({ waiting, parked }) => waiting === 0 && parked === 1);
  expect(await decisions(bench)).toEqual([
    [1, 'applied', null],
    [2, 'refused', 'request.invalid'],
    [3, 'applied', null],
  ]);
});
