import { z } from 'zod';
import { DecisionId, type SubmissionId } from '../../shared/ids.ts';
import { Choice } from '../../shared/resolve.ts';
import { logEntry } from './audit.ts';
import { type Reader, sql, type Writer } from './database.ts';
import { isHeld, repark } from './outbox.ts';

/** States of decisions that were not taken and wait for a person. */
export const PARKED = ['conflict', 'refused'] as const;
const ParkedState = z.enum(PARKED);
export type ParkedState = z.infer<typeof ParkedState>;

/** What is written down of a resolution: by it the table can be told again. */
const Resolved = z.object({
  decisionId: DecisionId,
  choice: Choice,
  resolvedBy: DecisionId.nullable(),
  state: ParkedState,
});
type Resolved = z.infer<typeof Resolved>;
const Reopened = z.object({ decisionId: DecisionId, state: ParkedState });

const SEQ = '(SELECT seq FROM decisions WHERE id = ?)';

function insert(db: Writer, { decisionId, choice, resolvedBy, state }: Resolved, at: string, heldUntil: string): void {
  sql(
    db,
    `INSERT INTO resolutions (parked_seq, parked_state, choice, resolved_seq, after_seq, at, held_until)
     VALUES (${SEQ}, ?, ?, ${SEQ}, (SELECT coalesce(max(seq), 0) FROM decisions), ?, ?)`,
  ).run(decisionId, state, choice, resolvedBy, at, heldUntil);
}

/** Ties a parked decision to what a person did about it, in the log and for lists; the state is set beside it. */
export function noteResolved(db: Writer, resolved: Resolved, at: string, heldUntil: string): void {
  insert(db, resolved, at, heldUntil);
  logEntry(db, at, 'resolved', resolved);
}

/** A resolution that can be taken back. */
export type Undoable = {
  readonly n: number;
  readonly decisionId: DecisionId;
  readonly choice: Choice;
  readonly state: ParkedState;
  /** When it was made. */
  readonly at: string;
};

const STANDING = `SELECT r.n, p.id AS decisionId, r.choice, r.parked_state AS state, r.held_until AS heldUntil, r.after_seq AS afterSeq,
    r.at
  FROM resolutions r JOIN decisions p ON p.seq = r.parked_seq
  WHERE r.undone_at IS NULL`;

/** The resolution that a decision was made for; null when it was made for none. */
export function resolutionBy(db: Reader, id: DecisionId): Undoable | null {
  return sql<Undoable>(db, `${STANDING} AND r.resolved_seq = ${SEQ}`).get(id) ?? null;
}

/** The newest 放弃 that can still be taken back, with the number of the last decision made before it. */
export function newestDrop(
  db: Reader,
  submissionId: SubmissionId | null,
  now: Date,
): (Undoable & { readonly afterSeq: number }) | null {
  const row = sql<Undoable & { heldUntil: string; afterSeq: number }>(
    db,
    `${STANDING} AND r.choice = 'dropped' AND (@submission IS NULL OR p.submission_id = @submission)
     ORDER BY r.n DESC LIMIT 1`,
  ).get({ submission: submissionId });
  return row && isHeld(row.heldUntil, now) ? row : null;
}

/** Takes a resolution back: the decision is parked again as it was. */
export function reopenParked(db: Writer, { n, decisionId, state }: Undoable, at: string): void {
  sql(db, 'UPDATE resolutions SET undone_at = ? WHERE n = ?').run(at, n);
  repark(db, decisionId, state);
  logEntry(db, at, 'reopened', { decisionId, state });
}

/** Tells the table again from the log, after the two were read from a damaged file. */
export function retellResolutions(db: Writer): void {
  sql(db, 'DELETE FROM resolutions').run();
  const isHere = sql(db, 'SELECT 1 FROM decisions WHERE id = ?');
  const close = sql(db, `UPDATE resolutions SET undone_at = ? WHERE undone_at IS NULL AND parked_seq = ${SEQ}`);
  const entries = sql<{ at: string; kind: string; body: string }>(
    db,
    `SELECT at, kind, body FROM audit WHERE kind IN ('resolved', 'reopened') ORDER BY n`,
  ).all();
  for (const { at, kind, body } of entries) {
    const value: unknown = JSON.parse(body);
    if (kind === 'reopened') {
      close.run(at, Reopened.parse(value).decisionId);
      continue;
    }
    const resolved = Resolved.parse(value);
    const known = [resolved.decisionId, ...(resolved.resolvedBy === null ? [] : [resolved.resolvedBy])];
    if (known.some((id) => isHere.get(id) === undefined)) continue;
    close.run(at, resolved.decisionId);
    insert(db, resolved, at, at);
  }
}
