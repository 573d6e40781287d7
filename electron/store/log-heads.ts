import { SignedTreeHead } from '../../shared/log.ts';
import type { KeptHead } from '../../shared/proofs.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** Heads that are kept besides the last: enough to say between which of them a log was changed. */
const KEPT = 200;

/** A head of the service's log as it was accepted here. */
export type AcceptedHead = SignedTreeHead & {
  /** Goes up by one each time the service was restored to a state that doesn't go on from the one before. */
  readonly line: number;
  readonly seenAt: string;
  /** When the service last proved that its log goes on from here. */
  readonly checkedAt: string;
};

type Row = { line: number; head: string; signature: string; seenAt: string; checkedAt: string };
const SELECT = 'SELECT line, head, signature, seen_at AS seenAt, checked_at AS checkedAt FROM log_heads';

/** @throws SyntaxError, ZodError for a row that no version of the app wrote */
function accepted({ head, signature, ...row }: Row): AcceptedHead {
  return { ...row, ...SignedTreeHead.parse({ head: JSON.parse(head), signature }) };
}

/** The last head that was accepted; null before the first. */
export function lastHead(db: Reader): AcceptedHead | null {
  const row = sql<Row>(db, `${SELECT} ORDER BY n DESC LIMIT 1`).get();
  return row ? accepted(row) : null;
}

/** The heads of the present line, the oldest first. */
export function headsOfLine(db: Reader): AcceptedHead[] {
  return sql<Row>(db, `${SELECT} WHERE line = (SELECT max(line) FROM log_heads) ORDER BY n`).all().map(accepted);
}

/** Every head that is kept, as it stands there, the oldest first. */
export function allHeads(db: Reader): { n: number; head: string; signature: string; size: number }[] {
  return sql<{ n: number; head: string; signature: string; size: number }>(
    db,
    'SELECT n, head, signature, size FROM log_heads ORDER BY n',
  ).all();
}

/** Keeps a head that was proven to go on from the last one, or that begins a line. Old ones are thinned, never the last. */
export function keepHead(db: Writer, signed: SignedTreeHead, line: number, at: string): void {
  sql(db, 'INSERT INTO log_heads (line, size, head, signature, seen_at, checked_at) VALUES (?, ?, ?, ?, ?, ?)').run(
    line,
    signed.head.size,
    JSON.stringify(signed.head),
    signed.signature,
    at,
    at,
  );
  const { count } = sql<{ count: number }>(db, 'SELECT count(*) AS count FROM log_heads').get() ?? { count: 0 };
  if (count <= KEPT) return;
  // Every second of the older half: the past stays covered, more coarsely.
  sql(
    db,
    'DELETE FROM log_heads WHERE n IN (SELECT n FROM log_heads ORDER BY n LIMIT ?) AND n % 2 = (SELECT min(n) % 2 FROM log_heads)',
  ).run(KEPT / 2);
}

/** Notes that the service has proven again that its log goes on from the last head. */
export function noteChecked(db: Writer, at: string): void {
  sql(db, 'UPDATE log_heads SET checked_at = ? WHERE n = (SELECT max(n) FROM log_heads)').run(at);
}

/** The last head as the screen shows it. */
export function shownHead(db: Reader): KeptHead | null {
  const last = lastHead(db);
  return last && { size: last.head.size, root: last.head.root, at: last.head.at, checkedAt: last.checkedAt };
}

/** A decision with a receipt, as its proof is asked for. */
export type Receipted = { readonly seq: number; readonly id: string; readonly sha256: string };

/** Decisions with a receipt that were not proven yet, in the order of the device. */
export function unprovenReceipts(db: Reader, limit: number): Receipted[] {
  return sql<Receipted>(
    db,
    `SELECT d.seq, d.id, d.sha256 FROM outbox o JOIN decisions d USING (seq) LEFT JOIN log_inclusions i USING (seq)
     WHERE o.state = 'applied' AND i.seq IS NULL ORDER BY d.seq LIMIT ?`,
  ).all(limit);
}

/** All decisions with a receipt after a number, in the order of the device. */
export function receiptsAfter(db: Reader, seq: number, limit: number): Receipted[] {
  return sql<Receipted>(
    db,
    `SELECT d.seq, d.id, d.sha256 FROM outbox o JOIN decisions d USING (seq)
     WHERE o.state = 'applied' AND d.seq > ? ORDER BY d.seq LIMIT ?`,
  ).all(seq, limit);
}

/** Notes that a decision is proven to be entry `n` of the service's log. */
export function noteIncluded(db: Writer, seq: number, n: number): void {
  sql(db, 'INSERT INTO log_inclusions (seq, n) VALUES (?, ?) ON CONFLICT (seq) DO UPDATE SET n = excluded.n').run(
    seq,
    n,
  );
}

/** After the service was restored to another log, what was in the former one has to be proven anew. */
export function forgetInclusions(db: Writer): void {
  sql(db, 'DELETE FROM log_inclusions').run();
}

/** How many heads are kept, decisions have a receipt, and of these were proven. */
export function countProofs(db: Reader): { heads: number; receipts: number; included: number } {
  return (
    sql<{ heads: number; receipts: number; included: number }>(
      db,
      `SELECT (SELECT count(*) FROM log_heads) AS heads,
         (SELECT count(*) FROM outbox WHERE state = 'applied') AS receipts,
         (SELECT count(*) FROM log_inclusions JOIN outbox USING (seq) WHERE state = 'applied') AS included`,
    ).get() ?? { heads: 0, receipts: 0, included: 0 }
  );
}
