import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { canonicalJson } from '../../../shared/canonical.ts';
import type { Migration } from './migration.ts';

type Row = { seq: number; body: string; sha256: string; state: string };

/**
 * Gives the decisions that have no answer yet their place in a chain, which begins after the last one that has: each
 * names the hash of the one before. They are signed when the profile has its key. What was answered stays as it was.
 */
function chain(db: Database.Database): void {
  const next = Number(db.prepare('SELECT next_seq FROM device').pluck().get() ?? 1);
  const first = Number(
    db.prepare(`SELECT coalesce(min(seq), ?) FROM outbox WHERE state IN ('waiting', 'sending')`).pluck().get(next),
  );
  const before = db.prepare<[number], Row>('SELECT * FROM decisions WHERE seq = ?').get(first - 1);
  db.prepare('UPDATE device SET start_seq = ?, start_sha256 = ?').run(first - 1, before?.sha256 ?? null);
  const rows = db
    .prepare<[number], Row>(
      'SELECT d.seq, d.body, d.sha256, o.state FROM decisions d JOIN outbox o USING (seq) WHERE d.seq >= ? ORDER BY d.seq',
    )
    .all(first);
  const update = db.prepare('UPDATE decisions SET body = ?, sha256 = ? WHERE seq = ?');
  let previous = before?.sha256 ?? null;
  for (const { seq, body, state } of rows) {
    const chained: unknown = { ...JSON.parse(body), previous };
    const sha256 = createHash('sha256').update(canonicalJson(chained)).digest('hex');
    update.run(JSON.stringify(chained), sha256, seq);
    if (state === 'withdrawn') db.prepare('UPDATE outbox SET stub = 1 WHERE seq = ?').run(seq);
    previous = sha256;
  }
}

/** The device's key and chain, the signatures of decisions and receipts. */
export const review002: Migration = {
  version: 2,
  up: (db) => {
    db.exec(`
-- The key pair is null until the first start after this step. The chain begins after start_seq.
ALTER TABLE device ADD COLUMN public_key TEXT;
ALTER TABLE device ADD COLUMN private_key TEXT;
ALTER TABLE device ADD COLUMN start_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN start_sha256 TEXT;

ALTER TABLE decisions ADD COLUMN signature TEXT;

-- stub: its content is not (or no longer) for the service, which is told its place and hash alone.
-- linked: the service has given the place in its copy of the chain.
ALTER TABLE outbox ADD COLUMN stub INTEGER NOT NULL DEFAULT 0 CHECK (stub IN (0, 1));
ALTER TABLE outbox ADD COLUMN linked INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1));
ALTER TABLE outbox ADD COLUMN receipt_signature TEXT;
CREATE INDEX outbox_unlinked ON outbox (seq) WHERE linked = 0;

DROP TRIGGER decisions_stay;
`);
    chain(db);
    // A signature is added once, to what was decided before there was a key; nothing else ever changes.
    db.exec(`
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
WHEN OLD.signature IS NOT NULL OR NEW.signature IS NULL OR NEW.seq <> OLD.seq OR NEW.id <> OLD.id
  OR NEW.submission_id <> OLD.submission_id OR NEW.body <> OLD.body OR NEW.sha256 <> OLD.sha256
BEGIN SELECT RAISE(ABORT, 'decisions never change'); END;
`);
  },
};
