import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashPassword } from '../../../service/accounts/password.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { HOLDS, lockFirst, openDesk, openOffice, openSyncedDesk, rows, signIn, status } from '../../helpers/office.ts';
import { until } from '../../helpers/until.ts';

const credentials = { account: 'reviewer1', password: STAFF_PASSWORD };

test('a wrong password, an unknown account and a wrong address are told apart', async () => {
  const office = await openOffice(1);
  const { desk } = await openDesk();
  const service = office.line.url;
  await expect(desk.signIn({ ...credentials, service, password: 'wrong' })).rejects.toMatchObject({
    code: 'session.credentials',
  });
  await expect(desk.signIn({ service, account: 'nobody', password: 'wrong' })).rejects.toMatchObject({
    code: 'session.credentials',
  });
  await expect(desk.signIn({ ...credentials, service: 'http://service.example.com' })).rejects.toMatchObject({
    code: 'network.insecure',
  });
  await expect(desk.signIn({ ...credentials, service: 'no such host.invalid' })).rejects.toMatchObject({
    code: 'network.address',
  });
  await office.line.set('down');
  await expect(desk.signIn({ ...credentials, service })).rejects.toMatchObject({ code: 'network.refused' });
  expect(desk.session()).toBeNull();
});

test('a page for browsers at the address is named as a login page', async () => {
  const portal = createServer((_request, response) => response.end('<html>please log in to the network</html>'));
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => portal.close(resolve));
  });
  const address = portal.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const { desk } = await openDesk();
  await expect(desk.signIn({ ...credentials, service: `http://127.0.0.1:${address.port}` })).rejects.toMatchObject({
    code: 'network.portal',
  });
});

test('offline the data opens by the password, work goes on, and goes out by itself when the service is back', async () => {
  const office = await openOffice(2);
  const first = await openSyncedDesk(office);
  await first.close();
  await office.line.set('down');
  const again = await openDesk({ userData: first.userData });
  const typed = { ...credentials, service: office.line.url };
  await expect(again.desk.signIn({ ...typed, password: 'wrong' })).rejects.toMatchObject({
    code: 'session.credentials',
  });
  await expect(again.desk.signIn({ ...typed, account: 'reviewer2' })).rejects.toMatchObject({
    code: 'session.offline_unknown',
  });
  await again.desk.signIn(typed);
  expect(again.desk.session()).toMatchObject({ mode: 'offline', account: { account: 'reviewer1', level: 'site' } });
  expect(again.desk.status()).toMatchObject({ online: false, problem: { code: 'network.refused' } });
  const [row] = await rows(again);
  if (!row) throw new Error('the queue is empty');
  const { submission } = await again.handlers.subject({ id: row.id });
  const [image] = submission.images;
  if (!image) throw new Error('no picture');
  expect(again.desk.picture('full', image.sha256)).not.toBeNull();
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  await again.handlers.decide({ submissionId: row.id, revision: submission.revision, act });
  await office.line.set('clear');
  await status(again, 'it is sent', ({ sent, online }) => sent === 1 && online);
  expect(again.desk.session()?.mode).toBe('online');
});

test('the password opens the data while the service is still asked; its answer comes to what is at work', async () => {
  const office = await openOffice(1);
  const first = await openSyncedDesk(office);
  await first.close();
  await office.line.set({ holdsBack: '/v1/sessions' });
  const again = await openDesk({ userData: first.userData });
  const answer = again.desk.signIn({ ...credentials, service: office.line.url });
  await until('the data is open', () => again.desk.session() !== null);
  expect(again.desk.session()).toMatchObject({ mode: 'offline', account: { account: 'reviewer1' } });
  expect(again.desk.status()).toMatchObject({ signingIn: true, online: false, offlineSince: null, problem: null });
  await lockFirst(again);
  expect(again.desk.status()).toMatchObject({ waiting: 1, risk: null });
  office.line.release();
  expect(await answer).toMatchObject({ mode: 'online' });
  await status(again, 'it is sent', ({ sent, online, signingIn }) => sent === 1 && online && !signingIn);
});

test('nothing is opened by a wrong password, however long the service takes', async () => {
  const office = await openOffice(1);
  const first = await openSyncedDesk(office);
  await first.close();
  const again = await openDesk({ userData: first.userData });
  const typed = { ...credentials, service: office.line.url, password: 'wrong' };
  await expect(again.desk.signIn(typed)).rejects.toMatchObject({ code: 'session.credentials' });
  expect(again.announced).toEqual([]);
});

test('what the password opens here and the service refuses is closed again, and what was decided meanwhile stays', async () => {
  const office = await openOffice(1);
  const first = await openSyncedDesk(office);
  await first.close();
  const password_hash = await hashPassword('Changed-2026-desk');
  await office.restart(async ({ db }) => {
    await db.updateTable('accounts').set({ password_hash }).where('account', '=', 'reviewer1').execute();
  });
  await office.line.set({ holdsBack: '/v1/sessions' });
  const again = await openDesk({ userData: first.userData });
  const typed = { ...credentials, service: office.line.url };
  const refused = expect(again.desk.signIn(typed)).rejects.toMatchObject({ code: 'session.credentials' });
  await until('the data is open', () => again.desk.session() !== null);
  await lockFirst(again);
  office.line.release();
  await refused;
  expect(again.desk.session()).toBeNull();
  await expect(rows(again)).rejects.toMatchObject({ code: 'session.expired' });
  // Nobody holds the data: another desk gets in, and finds the decision.
  await office.line.set('down');
  const other = await openDesk({ userData: first.userData });
  await other.desk.signIn(typed);
  expect(await rows(other)).toHaveLength(1);
  expect(other.desk.status()).toMatchObject({ waiting: 1, sent: 0 });
});

test('a password that was changed at the service: the old one opens the data once more, then the new one does', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office, { holds: HOLDS });
  await lockFirst(bench);
  await bench.close();
  const password_hash = await hashPassword('Changed-2026-desk');
  await office.restart(async ({ db }) => {
    await db.updateTable('accounts').set({ password_hash }).where('account', '=', 'reviewer1').execute();
  });
  const again = await openDesk({ userData: bench.userData, holds: HOLDS });
  const typed = { service: office.line.url, account: 'reviewer1' };
  await expect(again.desk.signIn({ ...typed, password: 'Changed-2026-desk' })).rejects.toMatchObject({
    code: 'store.locked',
  });
  await again.desk.signIn({ ...typed, password: STAFF_PASSWORD });
  expect(again.desk.session()?.mode).toBe('online');
  expect(again.desk.status().waiting).toBe(1);
  await again.desk.signOut();
  await again.desk.signIn({ ...typed, password: 'Changed-2026-desk' });
  expect(again.desk.status().waiting).toBe(1);
});

test('a session that ends while at work is said, nothing is lost, and signing in again goes on', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  await office.restart(async ({ db }) => {
    await db.deleteFrom('sessions').execute();
  });
  bench.desk.startSync();
  await status(bench, 'it is said', ({ problem }) => problem?.code === 'session.expired');
  await lockFirst(bench);
  expect(bench.desk.status().waiting).toBe(1);
  await signIn(bench, office);
  await status(bench, 'it is sent', ({ sent, problem }) => sent === 1 && problem === null);
});

test('after signing out nothing can be read, here or on the disk', async () => {
  const office = await openOffice(1);
  const bench = await openSyncedDesk(office);
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  const { submission } = await bench.handlers.subject({ id: row.id });
  // Also while it is open: the log of pending writes is part of what a thief would take.
  const canaries = [submission.form.name, submission.form.idNumber, submission.registrationNumber, 'reviewer1'];
  const search = async () => {
    const files = await readdir(bench.userData, { recursive: true, withFileTypes: true });
    const hits: string[] = [];
    for (const file of files.filter((entry) => entry.isFile() && entry.name !== 'settings.json')) {
      const bytes = await readFile(join(file.parentPath, file.name));
      for (const canary of canaries) if (bytes.includes(canary)) hits.push(file.name);
      if (file.parentPath.includes(canaries[3] ?? '')) hits.push(file.parentPath);
    }
    return hits;
  };
  expect(await search()).toEqual([]);
  await bench.desk.signOut();
  expect(bench.desk.session()).toBeNull();
  expect(() => bench.handlers.queueCounts(undefined)).toThrow('session.expired');
  expect(bench.desk.picture('full', submission.images[0]?.sha256 ?? ('0'.repeat(64) as never))).toBeNull();
  expect(await search()).toEqual([]);
});

test('the folder of an account does not tell whose it is', async () => {
  const office = await openOffice(1);
  const { userData } = await openSyncedDesk(office);
  const profiles = await readdir(join(userData, 'profiles'));
  expect(profiles).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  const text = await readFile(join(userData, 'profiles', profiles[0] ?? '', 'profile.json'), 'utf8');
  expect(text).not.toMatch(/reviewer|127\.0\.0\.1|localhost/);
});
