import type { SubmissionId } from '../../shared/ids.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** A claim that this workstation asked for. */
export type OwnClaim = { readonly id: SubmissionId; readonly token: number };

/** Notes, before it leaves, that a claim is asked for: the service may give it though its answer never arrives. */
export function noteAsked(db: Writer, id: SubmissionId): void {
  sql(db, 'INSERT INTO claims (submission_id, token, seq) VALUES (?, 0, 0) ON CONFLICT DO NOTHING').run(id);
}

/** Submissions that were asked for, whose answer never arrived, and which have left the screen meanwhile. */
export function unansweredClaims(db: Reader, open: SubmissionId | null, limit: number): SubmissionId[] {
  return sql<{ id: SubmissionId }>(
    db,
    'SELECT submission_id AS id FROM claims WHERE token = 0 AND submission_id IS NOT ? LIMIT ?',
  )
    .all(open, limit)
    .map(({ id }) => id);
}

/** Keeps a claim that was asked for and given; `seq`: from which on the feed shows it. */
export function noteClaim(db: Writer, { id, token }: OwnClaim, seq: number): void {
  sql(
    db,
    `INSERT INTO claims (submission_id, token, seq) VALUES (?, ?, ?)
     ON CONFLICT (submission_id) DO UPDATE SET token = excluded.token, seq = excluded.seq`,
  ).run(id, token, seq);
}

/** Forgets claims that were given back, or not given. */
export function forgetClaims(db: Writer, claims: readonly Pick<OwnClaim, 'id'>[]): void {
  for (const { id } of claims) sql(db, 'DELETE FROM claims WHERE submission_id = ?').run(id);
}

/**
 * Forgets claims that are over: the service's copy is newer than the claim, and doesn't show it as one's own any more,
 * because the review is concluded or a supervisor has named somebody.
 */
export function forgetClaimsOver(db: Writer): void {
  sql(
    db,
    `DELETE FROM claims WHERE token > 0 AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = claims.submission_id
       AND (s.seq < claims.seq OR (s.claim_token = claims.token AND s.others = 0)))`,
  ).run();
}

/** Claims that were asked for and of whose submissions nothing was decided; `open` stays on screen. */
export function untouchedClaims(db: Reader, open: SubmissionId | null, limit: number): OwnClaim[] {
  return sql<OwnClaim>(
    db,
    `SELECT c.submission_id AS id, c.token FROM claims c
     WHERE c.token > 0 AND c.submission_id IS NOT @open AND NOT EXISTS (
       SELECT 1 FROM decisions d JOIN outbox o ON o.seq = d.seq JOIN submissions s ON s.id = d.submission_id
       WHERE d.submission_id = c.submission_id AND o.state IN ('waiting', 'sending', 'applied')
         AND json_extract(d.body, '$.revision') = s.revision)
     LIMIT @limit`,
  ).all({ open, limit });
}
