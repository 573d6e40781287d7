import { type Head, type SignedLink, type Stub, stubForm } from '../../shared/chain.ts';
import { ChainedDecision } from '../../shared/decision.ts';
import { type DecisionId, Sha256, SubmissionId } from '../../shared/ids.ts';
import { signText } from '../signature.ts';
import { logEntry } from './audit.ts';
import { type Reader, sql, type Writer } from './database.ts';
import { type Device, readDevice } from './device.ts';
import type { Posted } from './outbox.ts';

/**
 * The signed form in which a decision travels, or what stands in its place. Throws for a decision without signature:
 * `readyDevice` signs all that may be sent.
 */
export function linkOf(device: Device, { decision, sha256, stub, signature }: Posted): SignedLink {
  if (!stub) {
    if (signature === null) throw new Error(`decision ${decision.deviceSeq} has no signature`);
    return { decision: ChainedDecision.parse(decision), signature };
  }
  const place: Stub = {
    device: decision.device,
    deviceSeq: decision.deviceSeq,
    sha256: Sha256.parse(sha256),
    previous: decision.previous ?? null,
    withdrawn: true,
  };
  return { ...place, signature: signText(device, stubForm(place)) };
}

/** Notes that a decision is parked without a place at the service; a stub takes the place, so that others can follow. */
export function setAside(db: Writer, id: DecisionId): void {
  sql(db, 'UPDATE outbox SET stub = 1, linked = 0 WHERE seq = (SELECT seq FROM decisions WHERE id = ?)').run(id);
}

function hashAt(db: Reader, seq: number): string | null {
  const row = sql<{ sha256: string }>(db, 'SELECT sha256 FROM decisions WHERE seq = ?').get(seq);
  return row?.sha256 ?? null;
}

/** Whether the service's copy of the chain is the beginning of the one here. */
export function isOurs(db: Reader, { seq, sha256 }: Head): boolean {
  const { start } = readDevice(db);
  return seq >= start.seq && (seq === start.seq ? sha256 === start.sha256 : hashAt(db, seq) === sha256);
}

/** Notes how far the service's copy of the chain goes. */
export function noteLinked(db: Writer, head: Head): void {
  if (!isOurs(db, head)) return;
  sql(db, 'UPDATE outbox SET linked = 1 WHERE linked = 0 AND seq > ? AND seq <= ?').run(
    readDevice(db).start.seq,
    head.seq,
  );
}

/**
 * Goes back to where the service's copy of the chain ends, when it is shorter than what was answered: the service was
 * restored. What it had applied is sent again; what it had not taken is told as a place alone, since it was parked in
 * sight of the reviewer and perhaps decided anew. Gives the submissions that are touched.
 */
export function rewind(db: Writer, head: Head, at: string): SubmissionId[] {
  const lost = sql<{ submission_id: string }>(
    db,
    `SELECT DISTINCT d.submission_id FROM decisions d JOIN outbox o ON o.seq = d.seq
     WHERE o.linked = 1 AND o.seq > ? ORDER BY o.seq`,
  ).all(head.seq);
  if (lost.length === 0) return [];
  sql(
    db,
    `UPDATE outbox SET stub = 1 WHERE linked = 1 AND seq > ? AND state IN ('conflict', 'refused', 'dismissed')`,
  ).run(head.seq);
  sql(
    db,
    `UPDATE outbox SET state = 'waiting', exposed = 1, receipt = NULL, receipt_signature = NULL, answered_at = NULL
     WHERE linked = 1 AND seq > ? AND state = 'applied'`,
  ).run(head.seq);
  sql(db, 'UPDATE outbox SET linked = 0 WHERE linked = 1 AND seq > ?').run(head.seq);
  logEntry(db, at, 'rewound', { seq: head.seq, sha256: head.sha256 });
  return lost.map(({ submission_id }) => SubmissionId.parse(submission_id));
}
