import type { BreakKind, Found } from '../../shared/proofs.ts';
import { LogBreak, TO_BE_NOTED } from '../../shared/proofs.ts';
import { logEntry } from './audit.ts';
import { type Reader, sql, type Writer } from './database.ts';

const SELECT = `SELECT id, place, kind, first, last, since, found_at AS foundAt, over_at AS overAt FROM log_breaks`;

/** What doesn't hold now, the first found first. */
export function standingBreaks(db: Reader): LogBreak[] {
  return sql(db, `${SELECT} WHERE over_at IS NULL ORDER BY id`)
    .all()
    .map((row) => LogBreak.parse(row));
}

/** Everything that was ever found, newest first. */
export function listBreaks(db: Reader, limit: number): LogBreak[] {
  return sql(db, `${SELECT} ORDER BY id DESC LIMIT ?`)
    .all(limit)
    .map((row) => LogBreak.parse(row));
}

/** Keeps a finding, unless it stands already; whether it is new. It is written into the log here too. */
export function noteBreak(db: Writer, found: Found, at: string): boolean {
  const { place, kind, first, last, since } = found;
  const { changes } = sql(
    db,
    `INSERT INTO log_breaks (place, kind, first, last, since, found_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  ).run(place, kind, first, last, since, at);
  if (changes === 0) return false;
  logEntry(db, at, 'broken', found);
  return true;
}

/** Ends findings of these kinds: what they say holds again. The finding itself stays. Whether there were any. */
export function endBreaks(db: Writer, kinds: readonly BreakKind[], at: string): boolean {
  const { changes } = sql(
    db,
    'UPDATE log_breaks SET over_at = ? WHERE over_at IS NULL AND kind IN (SELECT value FROM json_each(?))',
  ).run(at, JSON.stringify(kinds));
  return changes > 0;
}

/** A person has taken note of a finding that no check can take back. Whether there was such a one. */
export function acknowledgeBreak(db: Writer, id: number, at: string): boolean {
  const found = standingBreaks(db).find((one) => one.id === id);
  if (!found || !TO_BE_NOTED.has(found.kind)) return false;
  sql(db, 'UPDATE log_breaks SET over_at = ? WHERE id = ?').run(at, id);
  logEntry(db, at, 'noted', { place: found.place, kind: found.kind, foundAt: found.foundAt });
  return true;
}
