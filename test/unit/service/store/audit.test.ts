import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { record } from '../../../../service/store/audit.ts';
import { openDatabase } from '../../../../service/store/database.ts';
import type { Store } from '../../../../service/store/tables.ts';
import { growTree, rootAt, treeSize } from '../../../../service/store/tree.ts';
import { verifyAudit } from '../../../../service/store/verify.ts';

let folder: string;
let file: string;
let db: Store;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'review-desk-audit-'));
  file = path.join(folder, 'service.db');
  db = await openDatabase(file, () => 'epoch');
  for (let n = 1; n <= 20; n += 1) {
    await record(db, {
      at: `2026-03-10T02:00:${String(n).padStart(2, '0')}.000Z`,
      accountId: 'a',
      kind: 'decision.answered',
      subject: `sub-${n}`,
      facts: { n },
    });
  }
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** What somebody with the file at hand can do. */
function tamper(sql: string): void {
  const raw = new Sqlite(file);
  raw.exec(`DROP TRIGGER audit_stays; DROP TRIGGER audit_remains; ${sql}`);
  raw.close();
}

it('verifies what was recorded', async () => {
  expect(await verifyAudit(db)).toEqual({ ok: true, entries: 20 });
});

it.each([
  ['an edit', 'UPDATE audit SET facts = \'{"n":0}\' WHERE n = 7', 7],
  ['another time', "UPDATE audit SET at = '2026-03-10T03:00:00.000Z' WHERE n = 3", 3],
  ['a deletion', 'DELETE FROM audit WHERE n = 12', 12],
  ['a cut at the end', 'DELETE FROM audit WHERE n > 18', 19],
  ['a cut at the start', 'DELETE FROM audit WHERE n = 1', 1],
  ['everything gone', 'DELETE FROM audit', 1],
  [
    'reordering',
    'UPDATE audit SET n = 99 WHERE n = 4; UPDATE audit SET n = 4 WHERE n = 5; UPDATE audit SET n = 5 WHERE n = 99',
    4,
  ],
])('finds %s', async (_, sql, at) => {
  tamper(sql);
  expect(await verifyAudit(db)).toMatchObject({ ok: false, at });
});

it('refuses to change or delete entries and decisions, whoever asks', async () => {
  await expect(db.updateTable('audit').set({ facts: '{}' }).execute()).rejects.toThrow('only grows');
  await expect(db.deleteFrom('audit').execute()).rejects.toThrow('only grows');
});

it.each([
  ['a changed node', 'UPDATE log_nodes SET hash = zeroblob(32) WHERE level = 4'],
  ['a lost node', 'DELETE FROM log_nodes WHERE level = 0 AND place = 19'],
])('finds %s of the tree', async (_, sql) => {
  tamper(`DROP TRIGGER log_nodes_stay; DROP TRIGGER log_nodes_remain; ${sql}`);
  expect(await verifyAudit(db)).toMatchObject({ ok: false, kind: 'tree' });
});

it('brings the tree up to a log that was begun before there was one', async () => {
  const root = await rootAt(db, 20);
  tamper('DROP TRIGGER log_nodes_remain; DELETE FROM log_nodes WHERE place >= 0;');
  await growTree(db);
  expect([await treeSize(db), await rootAt(db, 20)]).toEqual([20, root]);
  expect(await verifyAudit(db)).toEqual({ ok: true, entries: 20 });
});
