import { execFileSync, spawnSync } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { permitRecovery, resetPassword, UnknownAccountError } from '../../../service/accounts/reset.ts';
import { STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { isSignedBy } from '../../../service/signature.ts';
import { openData, rotateKey } from '../../../service/start.ts';
import { verifyAudit } from '../../../service/store/verify.ts';
import { depositContext, provedChanges, RecoveryAnswer, recoveryKeyForm, returnContext } from '../../../shared/keys.ts';
import { isStrong } from '../../../shared/password.ts';
import { newSealingKeys, seal, unseal } from '../../../shared/sealed.ts';
import { Keys, Session } from '../../../shared/wire.ts';
import { type Caller, startTestService, type TestService } from '../../factories/running-service.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const NEXT = 'Another-2026-desk';
const PROFILE = 'a'.repeat(32);

let service: TestService;
let reviewer: Caller;
beforeEach(async () => {
  service = await startTestService({ candidates: 1 });
  reviewer = await service.signIn('reviewer1');
});
afterEach(async () => {
  expect(await verifyAudit(service.data.db)).toMatchObject({ ok: true });
  await service.end();
});

const now = () => service.clock.now.toISOString();
const change = (caller: Caller, current: string, next: string) =>
  caller.ask('POST', '/v1/accounts/password', { body: { current, next } });
const attempt = async (password: string) =>
  (await service.caller('').ask('POST', '/v1/sessions', { body: { account: 'reviewer1', password } })).status;
const isIn = async (caller: Caller) => (await caller.ask('GET', '/v1/policy')).status === 200;
const audited = async (kind: string) =>
  (
    await service.data.db
      .selectFrom('audit')
      .select(['facts', 'account_id'])
      .where('kind', '=', kind as never)
      .execute()
  ).length;
const accountId = async (account: string) => {
  const reply = await service.caller('').ask('POST', '/v1/sessions', { body: { account, password: STAFF_PASSWORD } });
  return Session.parse(reply.body).account.id;
};

describe('the own password', () => {
  it('is changed with the present one; the other sessions of the account end, this one stays', async () => {
    const elsewhere = await service.signIn('reviewer1');
    const colleague = await service.signIn('reviewer2');
    expect((await change(reviewer, STAFF_PASSWORD, NEXT)).status).toBe(204);
    expect(await attempt(STAFF_PASSWORD)).toBe(401);
    expect(await attempt(NEXT)).toBe(200);
    expect([await isIn(reviewer), await isIn(elsewhere), await isIn(colleague)]).toEqual([true, false, true]);
    expect(await audited('password.changed')).toBe(1);
  });

  it('is not changed with a wrong one, and guessing locks the account', async () => {
    for (let count = 0; count < 5; count += 1) {
      expect(await change(reviewer, `wrong-${count}`, NEXT)).toMatchObject({
        status: 403,
        body: { code: 'password.current' },
      });
    }
    expect(await change(reviewer, STAFF_PASSWORD, NEXT)).toMatchObject({ status: 429 });
    expect(await attempt(STAFF_PASSWORD)).toBe(429);
    service.clock.forward(16);
    expect(await attempt(STAFF_PASSWORD)).toBe(200);
    expect(await audited('password.refused')).toBe(5);
  });

  it.each(['short-1A', 'onlylowercase', 'lower-case-only', STAFF_PASSWORD])('is not changed to %j', async (next) => {
    expect(await change(reviewer, STAFF_PASSWORD, next)).toMatchObject({
      status: 400,
      body: { code: 'password.weak' },
    });
    expect(await attempt(STAFF_PASSWORD)).toBe(200);
  });
});

describe('a reset by the administrator', () => {
  it('gives a strong password, ends every session, and allows recovery for a week', async () => {
    const { password, until } = await resetPassword(service.data.db, 'reviewer1', now());
    expect(isStrong(password)).toBe(true);
    expect(await isIn(reviewer)).toBe(false);
    expect([await attempt(STAFF_PASSWORD), await attempt(password)]).toEqual([401, 200]);
    expect(Date.parse(until) - service.clock.now.getTime()).toBe(7 * 86_400_000);
    expect([await audited('password.reset'), await audited('recovery.allowed')]).toEqual([1, 1]);
  });

  it('is for staff alone', async () => {
    await expect(resetPassword(service.data.db, 'nobody', now())).rejects.toThrow(UnknownAccountError);
    await expect(permitRecovery(service.data.db, '2026990101000001', now())).rejects.toThrow(UnknownAccountError);
  });
});

describe('a sealed data key', () => {
  const key = Uint8Array.from({ length: 32 }, (_, index) => index);
  const keysOf = (caller: Caller) => caller.get('/v1/keys', Keys);

  /** Seals as a workstation does, and asks for it to be opened. */
  async function ask(caller: Caller, by: { account: string; profile?: string; asked?: string; to?: string }) {
    const profile = by.profile ?? PROFILE;
    const own = await newSealingKeys();
    const to = by.to ?? (await keysOf(caller)).recovery.publicKey;
    const sealed = await seal(to, key, Buffer.from(depositContext({ profile, account: by.account })));
    const body = { profile: by.asked ?? profile, sealed, to: own.publicKey };
    return { reply: await caller.ask('POST', '/v1/recovery', { body }), own };
  }

  it('is opened for its owner after leave was given, and comes back for the ephemeral key alone', async () => {
    const account = await accountId('reviewer1');
    expect((await ask(reviewer, { account })).reply).toMatchObject({
      status: 403,
      body: { code: 'recovery.not_allowed' },
    });
    await permitRecovery(service.data.db, 'reviewer1', now());
    const { reply, own } = await ask(reviewer, { account });
    expect(reply.status).toBe(200);
    expect(JSON.stringify(reply.body)).not.toContain(Buffer.from(key).toString('hex'));
    const { sealed } = RecoveryAnswer.parse(reply.body);
    const context = Buffer.from(returnContext({ profile: PROFILE, account }));
    expect(await unseal(own, sealed, context)).toEqual(key);
    await expect(unseal(await newSealingKeys(), sealed, context)).rejects.toThrow();
    expect([await audited('recovery.refused'), await audited('recovery.opened')]).toEqual([1, 1]);
    expect(service.log.join('')).not.toContain(Buffer.from(key).toString('hex'));
    service.clock.forward(7 * 24 * 60);
    const later = await service.signIn('reviewer1');
    expect((await ask(later, { account })).reply).toMatchObject({ status: 403 });
  });

  it('is opened neither for another account, nor as another profile', async () => {
    const owner = await accountId('reviewer1');
    await permitRecovery(service.data.db, 'reviewer1', now());
    await permitRecovery(service.data.db, 'reviewer2', now());
    const colleague = await service.signIn('reviewer2');
    const refused = { status: 409, body: { code: 'recovery.key' } };
    expect((await ask(colleague, { account: owner })).reply).toMatchObject(refused);
    expect((await ask(reviewer, { account: owner, asked: 'b'.repeat(32) })).reply).toMatchObject(refused);
    expect((await ask(reviewer, { account: owner })).reply.status).toBe(200);
  });

  it('can be tried five times', async () => {
    await permitRecovery(service.data.db, 'reviewer1', now());
    for (let count = 0; count < 5; count += 1) {
      expect((await ask(reviewer, { account: 'another' })).reply.status).toBe(409);
    }
    expect((await ask(reviewer, { account: await accountId('reviewer1') })).reply.status).toBe(429);
  });

  it('is said not to open when the recovery key is lost, and opens again when it is back', async () => {
    const account = await accountId('reviewer1');
    await permitRecovery(service.data.db, 'reviewer1', now());
    const { recovery } = await keysOf(reviewer);
    await service.running.stop();
    const file = join(service.folder, 'recovery-key.pem');
    await rename(file, join(service.folder, 'kept.pem'));
    const without = await startTestService({ candidates: 1, folder: service.folder });
    const again = await without.signIn('reviewer1');
    expect((await keysOf(again)).recovery.publicKey).not.toBe(recovery.publicKey);
    expect((await ask(again, { account, to: recovery.publicKey })).reply).toMatchObject({
      status: 409,
      body: { code: 'recovery.key' },
    });
    await without.end();
    // Beside the new one.
    await rename(join(service.folder, 'kept.pem'), join(service.folder, 'recovery-key-2026.pem'));
    const back = await startTestService({ candidates: 1, folder: service.folder });
    const caller = await back.signIn('reviewer1');
    expect((await ask(caller, { account, to: recovery.publicKey })).reply.status).toBe(200);
    await back.end();
    const { folder } = service;
    service = await startTestService({ candidates: 1 });
    await rm(folder, { recursive: true, force: true });
  });
});

describe('a change of the signing key', () => {
  it('is proved by the old key, however often, and a stranger’s is not', async () => {
    const folder = await temporaryFolder();
    let data = await openData(folder);
    const first = data.signer.publicKey;
    for (const at of ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']) data = await rotateKey(data, folder, at);
    const { signer } = data;
    expect(provedChanges(first, signer, isSignedBy)).toHaveLength(2);
    expect(provedChanges(signer.publicKey, signer, isSignedBy)).toEqual([]);
    expect(provedChanges('f'.repeat(64), signer, isSignedBy)).toBeNull();
    const forged = signer.changes.map((one) => ({ ...one, at: '2026-03-01T00:00:00.000Z' }));
    expect(provedChanges(first, { ...signer, changes: forged }, isSignedBy)).toBeNull();
    expect(await verifyAudit(data.db)).toMatchObject({ ok: true });
    await data.close();
    const again = await openData(folder);
    expect(again.signer.publicKey).toBe(signer.publicKey);
    await again.close();
  });

  it('that was cut short after it was written is finished at the next start', async () => {
    const folder = await temporaryFolder();
    const data = await openData(folder);
    const changed = await rotateKey(data, folder, now());
    await changed.close();
    const file = join(folder, 'signing-key.pem');
    // As a crash leaves it: the change is written, the new key not yet in its place.
    await rename(file, join(folder, 'signing-key.new.pem'));
    const again = await openData(folder);
    expect(again.signer.publicKey).toBe(changed.signer.publicKey);
    expect(again.signer.publicKey).not.toBe(data.signer.publicKey);
    await again.close();
  });

  it('comes with the recovery key, signed by the present one', async () => {
    const { publicKey, recovery, changes } = await reviewer.get('/v1/keys', Keys);
    expect(changes).toEqual([]);
    expect(isSignedBy(publicKey, recoveryKeyForm(recovery.publicKey), recovery.signature)).toBe(true);
  });
});

describe('the command line', () => {
  const main = join(import.meta.dirname, '../../../service/main.ts');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 30_000 });

  it('resets a password beside the running service', async () => {
    const output = execFileSync(process.execPath, [main, '--data', service.folder, '--reset-password', 'reviewer1'], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    const password = /New password: (\S+)/.exec(output)?.[1] ?? '';
    expect([await attempt(STAFF_PASSWORD), await attempt(password)]).toEqual([401, 200]);
  });

  it('says what it can’t do, and makes no data folder for it', async () => {
    const unknown = run('--data', service.folder, '--allow-recovery', 'nobody');
    expect([unknown.status, unknown.stderr]).toEqual([1, expect.stringContaining('no reviewer or supervisor')]);
    const nowhere = run('--data', join(await temporaryFolder(), 'typo'), '--reset-password', 'reviewer1');
    expect([nowhere.status, nowhere.stderr]).toEqual([2, expect.stringContaining('there is no service in')]);
  });
});
