import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../service/store/database.ts';
import { findRuling } from '../../../service/store/decisions.ts';
import { MIGRATIONS } from '../../../service/store/migrations/index.ts';
import { unchainedForm } from '../../../shared/chain.ts';
import { shaOf } from '../../factories/signed.ts';
import { approval, decision, NOW, submission } from '../../factories/submission.ts';
import { receipt } from '../../factories/wire.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

it('the step to devices and chains keeps every row, and old decisions keep their answers', async () => {
  const file = join(await temporaryFolder(), 'service.db');
  const of = submission();
  const made = decision(of, approval(of));
  const given = receipt(made);
  const raw = new Sqlite(file);
  raw.exec(MIGRATIONS[0]?.sql ?? '');
  raw.pragma('user_version = 1');
  raw
    .prepare(`INSERT INTO accounts VALUES ('acc-1', 'shenhe01', '样例', 'reviewer', 'site', '990101', '99', 'h', NULL)`)
    .run();
  raw
    .prepare(`INSERT INTO submissions VALUES (?, 'r', '990101', '99', 'pending', 1, 1, NULL, 0, 0, 0, NULL, ?)`)
    .run(of.id, JSON.stringify(of));
  raw
    .prepare(`INSERT INTO decisions VALUES (?, ?, 'acc-1', 'site', ?, ?, 'applied', NULL, '[]', ?, ?)`)
    .run(made.id, of.id, unchainedForm(made), shaOf(unchainedForm(made)), JSON.stringify(given), NOW);
  const tables = ['accounts', 'submissions', 'decisions'];
  const before = tables.map((table) => raw.prepare(`SELECT * FROM ${table}`).all());
  raw.close();

  const db = await openDatabase(file, () => 'epoch');
  expect(await findRuling(db, made.id)).toMatchObject({
    accountId: 'acc-1',
    ruling: { outcome: 'applied', receipt: given },
  });
  expect(await db.selectFrom('devices').selectAll().execute()).toEqual([]);
  expect(await db.selectFrom('links').selectAll().execute()).toEqual([]);
  await db.destroy();

  const after = new Sqlite(file);
  const kept = tables.map((table) => after.prepare(`SELECT * FROM ${table}`).all());
  // Steps add columns, and take none away.
  expect(kept).toEqual(before.map((rows) => rows.map((row) => expect.objectContaining(row ?? {}))));
  after.prepare(`INSERT INTO devices VALUES ('d', 'acc-1', 'k', 0, NULL, '')`).run();
  after.prepare(`INSERT INTO links VALUES ('d', 1, 'h', 0, 's', NULL, '')`).run();
  for (const statement of [
    'DELETE FROM devices',
    'DELETE FROM links',
    `UPDATE devices SET public_key = 'x'`,
    'UPDATE links SET seq = 2',
  ]) {
    expect(() => after.exec(statement), statement).toThrow();
  }
  after.close();
});
