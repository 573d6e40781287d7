import { Aside } from '../../shared/aside.ts';
import { SubmissionId } from '../../shared/ids.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** The decisions of a submission, or of all, that stand: withdrawn ones don't count, notes are no judgement. */
const JUDGED = `FROM decisions d JOIN outbox o ON o.seq = d.seq
  WHERE o.state <> 'withdrawn' AND json_extract(d.body, '$.act.kind') <> 'submission.note'`;

/**
 * The reason for which `submissions` has a row set aside: its newest step, while it is open, the candidate has sent
 * nothing new, and nothing was judged since. So a decision ends it, and undoing the decision brings it back.
 */
export const ASIDE_NOW = `(SELECT a.reason FROM set_aside a
  WHERE a.n = (SELECT max(n) FROM set_aside WHERE submission_id = submissions.id)
    AND submissions.open = 1 AND a.revision = submissions.revision
    AND NOT EXISTS (SELECT 1 ${JUDGED} AND d.submission_id = submissions.id AND d.seq > a.after_seq))`;

/** A step: set aside for a reason, or taken up again. */
export type AsideStep = { readonly submissionId: SubmissionId; readonly aside: Aside | null };

/** Notes a step; the submission's row is to be computed anew. Nothing of it is ever sent. */
export function noteAside(db: Writer, { submissionId, aside }: AsideStep, at: string): void {
  sql(
    db,
    `INSERT INTO set_aside (submission_id, reason, revision, after_seq, at)
     SELECT id, @reason, revision, (SELECT coalesce(max(seq), 0) FROM decisions), @at FROM submissions WHERE id = @id`,
  ).run({ id: submissionId, reason: aside && JSON.stringify(aside), at });
}

/** Reads a reason as it is stored. */
export function asideOf(stored: string | null): Aside | null {
  return stored === null ? null : Aside.parse(JSON.parse(stored));
}

/** Why a submission is set aside; null when it isn't. */
export function readAside(db: Reader, id: SubmissionId): Aside | null {
  return asideOf(
    sql<{ aside: string | null }>(db, 'SELECT aside FROM submissions WHERE id = ?').get(id)?.aside ?? null,
  );
}

/** A step that can be taken back, with the number of the last decision made before it. */
export type AsideUndoable = AsideStep & { readonly n: number; readonly afterSeq: number; readonly at: string };

/** The newest step, of one submission or of all, when nothing was judged after it; null otherwise. */
export function newestAside(db: Reader, submissionId: SubmissionId | null): AsideUndoable | null {
  const row = sql<{ n: number; id: string; reason: string | null; afterSeq: number; at: string }>(
    db,
    `SELECT n, submission_id AS id, reason, after_seq AS afterSeq, at FROM set_aside a
     WHERE (@submission IS NULL OR submission_id = @submission)
       AND NOT EXISTS (SELECT 1 ${JUDGED} AND d.seq > a.after_seq
         AND (@submission IS NULL OR d.submission_id = @submission))
     ORDER BY n DESC LIMIT 1`,
  ).get({ submission: submissionId });
  if (!row) return null;
  const { n, id, reason, afterSeq, at } = row;
  return { n, submissionId: SubmissionId.parse(id), aside: asideOf(reason), afterSeq, at };
}

/** Takes a step back; the one before it counts again. */
export function removeAside(db: Writer, n: number): void {
  sql(db, 'DELETE FROM set_aside WHERE n = ?').run(n);
}
