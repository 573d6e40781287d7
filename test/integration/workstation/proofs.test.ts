import { createHash } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { markRestored } from '../../../service/start.ts';
import { entryForm, LOG_START } from '../../../shared/log.ts';
import {
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

/** Locks the first pictures of the first submissions, and waits until each has its receipt and its proof. */
async function lockSome(desk: TestDesk, count: number): Promise<void> {
  const before = desk.desk.status().sent;
  const all = await rows(desk);
  let made = 0;
  for (const { id } of all) {
    const { submission } = await desk.handlers.subject({ id });
    for (const { slot, sha256, state } of submission.images) {
      if (state !== 'open' || made >= count) continue;
      await desk.handlers.decide({
        submissionId: id,
        revision: submission.revision,
        act: { kind: 'image.lock', slot, sha256 },
      });
      made += 1;
    }
  }
  await status(desk, 'all is sent', ({ sent }) => sent === before + count);
  await looked(desk);
}

/** Waits until the service's log was looked at and every receipt is proven. */
async function looked({ desk, handlers }: TestDesk): Promise<void> {
  desk.startSync();
  await until('every receipt is proven', async () => {
    const { head, included, receipts } = await handlers.proofs(undefined);
    return head !== null && included === receipts;
  });
}

/** Waits until a finding stands. */
async function found(desk: TestDesk, kind: string): Promise<void> {
  await until(`it finds ${kind}`, () => {
    desk.desk.startSync();
    return desk.desk.status().broken.some((one) => one.kind === kind);
  });
}

async function verified({ handlers }: TestDesk) {
  await handlers.startProofs(undefined);
  await until(
    'the verification is through',
    async () => ((await handlers.proofs(undefined)).report?.endedAt ?? null) !== null,
  );
  const { report } = await handlers.proofs(undefined);
  if (!report) throw new Error('no report');
  return report;
}

/** Changes an entry of the service's log as somebody would who knows how: all hashes after it, and the tree, are made anew. */
function rewriteLog(folder: string, n: number): void {
  const db = new Sqlite(join(folder, 'service.db'));
  db.exec('DROP TRIGGER audit_stays; DROP TRIGGER log_nodes_remain; DELETE FROM log_nodes;');
  db.prepare(`UPDATE audit SET at = '2026-01-01T00:00:00.000Z' WHERE n = ?`).run(n);
  let previous = LOG_START;
  type Row = { n: number; at: string; account_id: string | null; kind: string; subject: string | null; facts: string };
  for (const { account_id: accountId, ...row } of db.prepare<[], Row>('SELECT * FROM audit ORDER BY n').all()) {
    const form = entryForm({ ...row, accountId, previous } as Parameters<typeof entryForm>[0]);
    const hash = createHash('sha256').update(form).digest('hex');
    db.prepare('UPDATE audit SET previous = ?, hash = ? WHERE n = ?').run(previous, hash, row.n);
    previous = hash;
  }
  db.prepare(`UPDATE notes SET value = json_set(value, '$.hash', ?) WHERE key = 'audit.head'`).run(previous);
  db.close();
}

const backup = async (office: Office, to: string) => {
  await rm(to, { recursive: true, force: true });
  await cp(office.folder, to, { recursive: true });
};

test('what was decided is proven to be in the log, and everything in one click', { timeout: 60_000 }, async () => {
  const office = await openOffice(2);
  const desk = await openSyncedDesk(office);
  await lockSome(desk, 5);
  expect(desk.desk.status().broken).toEqual([]);
  const report = await verified(desk);
  expect(report.outcome).toBe('proven');
  expect(report.parts.map(({ part, state }) => [part, state])).toEqual(
    ['log', 'decisions', 'receipts', 'heads', 'consistency', 'inclusion'].map((part) => [part, 'proven']),
  );
  expect(report.parts.find(({ part }) => part === 'inclusion')).toMatchObject({ done: 5, total: 5 });
  await office.line.set('down');
  await until('it is offline', () => {
    desk.desk.startSync();
    return !desk.desk.status().online;
  });
  const offline = await verified(desk);
  expect(offline.outcome).toBe('unproven');
  expect(offline.parts.at(-1)).toMatchObject({ state: 'unproven', limits: [{ why: 'offline', count: 1 }] });
});

test('a log that was rewritten with all its hashes is found, and named from where; back in order, it is over', {
  timeout: 60_000,
}, async () => {
  const office = await openOffice(2);
  const desk = await openSyncedDesk(office);
  await lockSome(desk, 3);
  await lockSome(desk, 3);
  const { head } = await desk.handlers.proofs(undefined);
  const sound = `${office.folder}-sound`;
  await office.restart(undefined, async () => {
    await backup(office, sound);
    rewriteLog(office.folder, (head?.size ?? 0) - 1);
  });
  await signIn(desk, office);
  await found(desk, 'rewritten');
  const [broken] = desk.desk.status().broken;
  expect(broken).toMatchObject({ place: 'service', since: head?.checkedAt });
  expect(broken?.first).toBeLessThanOrEqual((head?.size ?? 0) - 1);
  expect(broken?.last).toBeGreaterThanOrEqual((head?.size ?? 0) - 1);
  expect(broken?.first).toBeGreaterThan(1);
  await office.restart(undefined, async () => {
    await rm(office.folder, { recursive: true });
    await cp(sound, office.folder, { recursive: true });
  });
  await signIn(desk, office);
  await until('it is over', () => {
    desk.desk.startSync();
    return desk.desk.status().broken.length === 0;
  });
  expect((await desk.handlers.proofs(undefined)).breaks).toMatchObject([
    { kind: 'rewritten', overAt: expect.any(String) },
  ]);
});

test('an older database of the service is found; one that says so is taken note of', { timeout: 60_000 }, async () => {
  const office = await openOffice(2);
  const older = `${office.folder}-older`;
  const desk = await openSyncedDesk(office);
  await lockSome(desk, 3);
  await office.restart(undefined, () => backup(office, older));
  await signIn(desk, office);
  await lockSome(desk, 3);
  const bringBack = async () => {
    await rm(office.folder, { recursive: true });
    await cp(older, office.folder, { recursive: true });
  };
  await office.restart(undefined, bringBack);
  await signIn(desk, office);
  await until('it finds that', () => {
    desk.desk.startSync();
    return desk.desk.status().broken.some(({ kind }) => kind === 'cut' || kind === 'rewritten');
  });
  await office.restart(async ({ db }) => markRestored(db, new Date().toISOString()), bringBack);
  await signIn(desk, office);
  await found(desk, 'restored');
  await looked(desk);
  const standing = desk.desk.status().broken;
  expect(standing.map(({ kind }) => kind)).toEqual(['restored']);
  expect(desk.desk.status().sent).toBe(6);
  for (const { id } of standing) await desk.handlers.noteBreak({ id });
  expect(desk.desk.status().broken).toEqual([]);
  expect((await verified(desk)).outcome).toBe('proven');
});

test('an older database of the workstation is found at sign-in, without the service', { timeout: 60_000 }, async () => {
  const office = await openOffice(2);
  const first = await openSyncedDesk(office);
  await lockSome(first, 2);
  await first.close();
  const file = (await import('node:fs')).globSync(join(first.userData, 'profiles/*/review.db'))[0] ?? '';
  await cp(file, `${file}.older`);
  const second = await openDesk({ userData: first.userData });
  await signIn(second, office);
  await lockSome(second, 2);
  await second.close();
  await cp(`${file}.older`, file);
  await office.line.set('down');
  const third = await openDesk({ userData: first.userData });
  await signIn(third, office);
  expect(third.desk.status().broken).toMatchObject([{ place: 'desk', kind: 'older', since: expect.any(String) }]);
});
