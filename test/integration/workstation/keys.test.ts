import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readKeyFiles } from '../../../electron/account/key-file.ts';
import { profileOf, readKey } from '../../../electron/account/profile.ts';
import type { SystemSeal } from '../../../electron/account/system-seal.ts';
import { isSignedBy } from '../../../electron/signature.ts';
import { readServiceKey, readServiceKeys } from '../../../electron/store/meta.ts';
import { permitRecovery, resetPassword } from '../../../service/accounts/reset.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { openData, rotateKey } from '../../../service/start.ts';
import { receiptForm } from '../../../shared/chain.ts';
import { Receipt } from '../../../shared/decision.ts';
import { filesBelow, search } from '../../helpers/canaries.ts';
import {
  HOLDS,
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
import { newSystemSeal } from '../../helpers/system-seal.ts';
import { until } from '../../helpers/until.ts';

const NEXT = 'Another-2026-desk';
const typed = (office: Office, password = STAFF_PASSWORD) => ({
  service: office.line.url,
  account: 'reviewer1',
  password,
});
const profileIn = (userData: string, office: Office) => profileOf(userData, office.line.url, 'reviewer1');
const now = () => new Date().toISOString();

async function lockNext(bench: TestDesk): Promise<void> {
  const [row] = await rows(bench);
  if (!row) throw new Error('the queue is empty');
  const { submission } = await bench.handlers.subject({ id: row.id });
  const image = submission.images.find(({ state }) => state === 'open');
  if (!image) throw new Error('no open picture');
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  await bench.handlers.decide({ submissionId: row.id, revision: submission.revision, act });
}

/** A closed profile with a decision that was not sent. */
async function unsentWork(office: Office, seal?: SystemSeal): Promise<string> {
  const sealed = seal === undefined ? {} : { seal };
  const bench = await openSyncedDesk(office, { holds: HOLDS, ...sealed });
  await lockNext(bench);
  await bench.close();
  return bench.userData;
}

/** The content of a `profile.json` of before: the password alone. */
function asFirstVersion(folder: string): void {
  for (const name of ['profile.json', 'profile.copy.json']) {
    const path = join(folder, name);
    const { service, keys } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ version: 1, service, key: keys[0] }));
  }
}

describe('where the system keeps secrets', { timeout: 90_000 }, () => {
  test('the data opens by the password and the system together, by neither alone, online and offline', async () => {
    const office = await openOffice(1);
    const seal = newSystemSeal();
    const userData = await unsentWork(office, seal);
    const profile = profileIn(userData, office);
    expect(readKeyFiles(profile.folder)[0].file).toMatchObject({ version: 2, system: { check: expect.any(String) } });
    await expect(readKey(profile, STAFF_PASSWORD, null)).rejects.toMatchObject({ code: 'store.sealed' });
    await expect(readKey(profile, STAFF_PASSWORD, newSystemSeal())).rejects.toMatchObject({ code: 'store.sealed' });
    await expect(readKey(profile, 'wrong', seal)).rejects.toMatchObject({ code: 'store.locked' });
    expect(await readKey(profile, STAFF_PASSWORD, seal)).toHaveLength(32);
    await office.line.set('down');
    const again = await openDesk({ userData, seal });
    await again.desk.signIn(typed(office));
    expect(again.desk.session()).toMatchObject({ mode: 'offline', protection: 'system', news: null });
    expect(again.desk.status().waiting).toBe(1);
  });

  test('a profile of before takes part in it at the next sign-in, and the old form is gone from the disk', async () => {
    const office = await openOffice(1);
    const userData = await unsentWork(office);
    const { folder } = profileIn(userData, office);
    asFirstVersion(folder);
    const before = readFileSync(join(folder, 'profile.json'), 'utf8');
    const seal = newSystemSeal();
    const again = await openDesk({ userData, seal, holds: HOLDS });
    await again.desk.signIn(typed(office));
    expect(again.desk.session()).toMatchObject({ protection: 'system', news: null });
    expect(again.desk.status().waiting).toBe(1);
    const [found, ...others] = readKeyFiles(folder);
    expect([found.version, others.length, found.file.recovery === null]).toEqual([2, 0, false]);
    const { data } = JSON.parse(before).key;
    expect(search(filesBelow(folder), new Map([['the key of before', [Buffer.from(data)]]]))).toEqual([]);
    await again.close();
    await expect(readKey(profileIn(userData, office), STAFF_PASSWORD)).rejects.toMatchObject({ code: 'store.sealed' });
  });

  test('a profile of before opens offline as it is', async () => {
    const office = await openOffice(1);
    const userData = await unsentWork(office);
    const { folder } = profileIn(userData, office);
    asFirstVersion(folder);
    await office.line.set('down');
    const again = await openDesk({ userData, seal: newSystemSeal(), holds: HOLDS });
    await again.desk.signIn(typed(office));
    expect(again.desk.session()).toMatchObject({ mode: 'offline', protection: 'password' });
    expect(readKeyFiles(folder)[0].version).toBe(1);
  });

  test('when the system has lost its part that is said, nothing changes, and with leave the data is recovered', async () => {
    const office = await openOffice(1);
    const userData = await unsentWork(office, newSystemSeal());
    const { folder } = profileIn(userData, office);
    const before = readFileSync(join(folder, 'profile.json'), 'utf8');
    const seal = newSystemSeal();
    const again = await openDesk({ userData, seal, holds: HOLDS });
    await expect(again.desk.signIn(typed(office))).rejects.toMatchObject({ code: 'store.sealed' });
    await office.line.set('down');
    await expect(again.desk.signIn(typed(office))).rejects.toMatchObject({ code: 'store.sealed' });
    expect(readFileSync(join(folder, 'profile.json'), 'utf8')).toBe(before);
    await office.line.set('clear');
    await permitRecovery(office.data().db, 'reviewer1', now());
    await again.desk.signIn(typed(office));
    expect(again.desk.session()).toMatchObject({ protection: 'system', news: 'recovered' });
    expect(again.desk.status().waiting).toBe(1);
    expect(await readKey(profileIn(userData, office), STAFF_PASSWORD, seal)).toHaveLength(32);
  });

  test('where it keeps none the password protects alone, which is told once', async () => {
    const office = await openOffice(1);
    const bench = await openSyncedDesk(office);
    expect(bench.desk.session()).toMatchObject({ protection: 'password', news: 'password_only' });
    await bench.desk.signOut();
    await signIn(bench, office);
    expect(bench.desk.session()).toMatchObject({ protection: 'password', news: null });
  });
});

describe('a password', { timeout: 90_000 }, () => {
  test('that was reset: the administrator’s key opens the data, nothing unsent is lost, the new password opens it', async () => {
    const office = await openOffice(1);
    const seal = newSystemSeal();
    const userData = await unsentWork(office, seal);
    const { password } = await resetPassword(office.data().db, 'reviewer1', now());
    const again = await openDesk({ userData, seal, holds: HOLDS });
    await expect(again.desk.signIn(typed(office))).rejects.toMatchObject({ code: 'session.credentials' });
    await again.desk.signIn(typed(office, password));
    expect(again.desk.session()).toMatchObject({ mode: 'online', news: 'recovered', protection: 'system' });
    expect(again.desk.status().waiting).toBe(1);
    await again.desk.signOut();
    await office.line.set('down');
    await expect(again.desk.signIn(typed(office))).rejects.toMatchObject({ code: 'session.credentials' });
    await again.desk.signIn(typed(office, password));
    expect(again.desk.session()).toMatchObject({ mode: 'offline', news: null });
    expect(again.desk.status().waiting).toBe(1);
    const audit = await office.data().db.selectFrom('audit').select('kind').execute();
    expect(audit.map(({ kind }) => kind)).toContain('recovery.opened');
  });

  test('that was reset without leave to recover: the old one opens the data, and nothing is begun anew by itself', async () => {
    const office = await openOffice(1);
    const userData = await unsentWork(office);
    const { password } = await resetPassword(office.data().db, 'reviewer1', now());
    await office.data().db.deleteFrom('recovery_permits').execute();
    const again = await openDesk({ userData, holds: HOLDS });
    await expect(again.desk.signIn(typed(office, password))).rejects.toMatchObject({ code: 'store.locked' });
    await again.desk.signIn(typed(office));
    expect(again.desk.session()?.mode).toBe('online');
    expect(again.desk.status().waiting).toBe(1);
    await again.desk.signOut();
    await again.desk.signIn(typed(office, password));
    expect(again.desk.status().waiting).toBe(1);
  });

  test('is changed at the service and here; the other profiles of the account still open by the old one', async () => {
    const office = await openOffice(1);
    const seal = newSystemSeal();
    const bench = await openSyncedDesk(office, { holds: HOLDS, seal });
    await lockNext(bench);
    const change = (current: string, next: string) => bench.handlers.changePassword({ current, next });
    await expect(change('wrong', NEXT)).rejects.toMatchObject({ code: 'password.current' });
    await expect(change(STAFF_PASSWORD, 'weak')).rejects.toMatchObject({ code: 'password.weak' });
    const profile = profileIn(bench.userData, office);
    expect(await readKey(profile, STAFF_PASSWORD, seal)).toHaveLength(32);
    await change(STAFF_PASSWORD, NEXT);
    expect(bench.desk.status()).toMatchObject({ online: true, waiting: 1 });
    await expect(readKey(profile, STAFF_PASSWORD, seal)).rejects.toMatchObject({ code: 'store.locked' });
    await bench.close();
    const again = await openDesk({ userData: bench.userData, seal, holds: HOLDS });
    await expect(again.desk.signIn(typed(office))).rejects.toMatchObject({ code: 'session.credentials' });
    await again.desk.signIn(typed(office, NEXT));
    expect(again.desk.status().waiting).toBe(1);
  });

  test('whose change had no answer: both open the data until the next sign-in online settles it', async () => {
    const office = await openOffice(1);
    const bench = await openSyncedDesk(office, { holds: HOLDS });
    await lockNext(bench);
    await office.line.set({ deafTo: '/v1/accounts/password' });
    const profile = profileIn(bench.userData, office);
    const change = () => bench.handlers.changePassword({ current: STAFF_PASSWORD, next: NEXT });
    // On a slow machine a request may not even get through, which changes nothing: then it is asked again.
    await until('it was asked for, without an answer', async () => {
      await expect(change()).rejects.toMatchObject({ code: expect.stringMatching(/^network\./) });
      return readKey(profile, NEXT).then(
        () => true,
        () => false,
      );
    });
    const taken = () =>
      office.data().db.selectFrom('audit').select('n').where('kind', '=', 'password.changed').execute();
    await until('the service has taken it', async () => (await taken()).length === 1);
    for (const password of [STAFF_PASSWORD, NEXT]) expect(await readKey(profile, password)).toHaveLength(32);
    await bench.close();
    await office.line.set('down');
    const offline = await openDesk({ userData: bench.userData, holds: HOLDS });
    await offline.desk.signIn(typed(office, NEXT));
    expect(offline.desk.status().waiting).toBe(1);
    await offline.close();
    await office.line.set('clear');
    const again = await openDesk({ userData: bench.userData, holds: HOLDS });
    // The service had taken it before the line broke.
    await again.desk.signIn(typed(office, NEXT));
    expect(again.desk.status().waiting).toBe(1);
    expect(readKeyFiles(profile.folder)[0].file.keys).toHaveLength(1);
    await expect(readKey(profile, STAFF_PASSWORD)).rejects.toMatchObject({ code: 'store.locked' });
  });
});

describe('data that nobody can open', { timeout: 90_000 }, () => {
  /** Signs in after a reset, where the service has lost its recovery key. */
  async function lost() {
    const office = await openOffice(1);
    const userData = await unsentWork(office);
    const { password } = await resetPassword(office.data().db, 'reviewer1', now());
    const key = join(office.folder, 'recovery-key.pem');
    await office.restart(undefined, () => rename(key, `${key}.kept`));
    const bench = await openDesk({ userData, holds: HOLDS });
    await expect(bench.desk.signIn(typed(office, password))).rejects.toMatchObject({ code: 'recovery.key' });
    return { office, userData, password, bench, key };
  }

  test('is named and stays; when the recovery key is back it opens', async () => {
    const { office, userData, password, bench, key } = await lost();
    expect(readdirSync(join(userData, 'profiles'))).toHaveLength(1);
    await office.restart(undefined, () => rename(`${key}.kept`, key));
    await bench.desk.signIn(typed(office, password));
    expect(bench.desk.session()?.news).toBe('recovered');
    expect(bench.desk.status().waiting).toBe(1);
  });

  test('is set aside whole when that is confirmed, and new data begun', async () => {
    const { office, userData, password, bench } = await lost();
    const { folder, id } = profileIn(userData, office);
    const before = readFileSync(join(folder, 'review.db'));
    const anew = (confirm: string, by = password) => bench.handlers.startAnew({ ...typed(office, by), confirm });
    await expect(anew('yes')).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(anew('reviewer1', 'wrong')).rejects.toMatchObject({ code: 'session.credentials' });
    expect(readdirSync(join(userData, 'profiles'))).toEqual([id]);
    await anew('reviewer1');
    expect(bench.desk.session()).toMatchObject({ mode: 'online', news: 'set_aside' });
    await synced(bench);
    expect(bench.desk.status().waiting).toBe(0);
    const [mine, aside = ''] = readdirSync(join(userData, 'profiles')).sort();
    expect([mine, aside]).toEqual([id, expect.stringContaining(`${id}.aside-`)]);
    expect(readFileSync(join(userData, 'profiles', aside, 'review.db'))).toEqual(before);
    // Only a sign-in that failed over it may do this.
    await bench.desk.signOut();
    await expect(anew('reviewer1')).rejects.toMatchObject({ code: 'request.invalid' });
  });

  test('without its key file, too', async () => {
    const office = await openOffice(1);
    const userData = await unsentWork(office);
    const { folder } = profileIn(userData, office);
    for (const name of ['profile.json', 'profile.copy.json']) rmSync(join(folder, name));
    const bench = await openDesk({ userData });
    await expect(bench.desk.signIn(typed(office))).rejects.toMatchObject({ code: 'store.key' });
    await bench.handlers.startAnew({ ...typed(office), confirm: 'reviewer1' });
    expect(bench.desk.session()?.news).toBe('set_aside');
  });
});

describe('a new signing key of the service', { timeout: 90_000 }, () => {
  test('that the old one vouches for is accepted, noted in the log, and old receipts stay verifiable', async () => {
    const office = await openOffice(1);
    const bench = await openSyncedDesk(office);
    await lockNext(bench);
    await status(bench, 'it is sent', ({ sent }) => sent === 1);
    const { store } = bench.desk.work();
    const old = readServiceKey(store.read);
    // Twice, while the workstation is away.
    await office.restart(undefined, async () => {
      const data = await openData(office.folder);
      await rotateKey(await rotateKey(data, office.folder, now()), office.folder, now());
      await data.close();
    });
    await lockNext(bench);
    await status(bench, 'it is sent too', ({ sent, problem }) => sent === 2 && problem === null);
    const keys = readServiceKeys(store.read);
    expect(keys.map(({ publicKey, until }) => [publicKey === old, until === null])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
    expect(keys.at(-1)?.publicKey).toBe(office.data().signer.publicKey);
    const kept = store.read
      .prepare<[], { receipt: string; receipt_signature: string }>('SELECT receipt, receipt_signature FROM outbox')
      .all();
    const signers = kept.map(({ receipt, receipt_signature: signature }) => {
      const form = receiptForm(Receipt.parse(JSON.parse(receipt)));
      return keys.findIndex(({ publicKey }) => isSignedBy(publicKey, form, signature));
    });
    expect(signers).toEqual([0, 2]);
    const entries = store.read.prepare(`SELECT count(*) FROM audit WHERE kind = 'rekeyed'`).pluck().get();
    expect(entries).toBe(2);
  });
});
