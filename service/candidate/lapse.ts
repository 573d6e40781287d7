import type { SubmissionId } from '../../shared/ids.ts';
import type { Submission } from '../../shared/submission.ts';
import { record } from '../store/audit.ts';
import { takeSeq } from '../store/feed.ts';
import { type Kept, loadKept, overdue, replaceSubmission } from '../store/submissions.ts';
import type { Store } from '../store/tables.ts';

/** Whether a submission's time to upload again is over, and it has not lapsed yet. */
export function isOverdue({ status, deadline }: Pick<Submission, 'status' | 'deadline'>, now: string): boolean {
  return status === 'returned' && deadline !== null && deadline <= now;
}

/**
 * 逾期放弃: a returned submission whose time to upload again is over goes no further. Nothing happens to others.
 * Gives the submission as it is then; null when there is none.
 */
export async function lapseIfDue(db: Store, id: SubmissionId, now: string): Promise<Kept | null> {
  const kept = await loadKept(db, id);
  if (!kept) return null;
  const { submission } = kept;
  if (!isOverdue(submission, now)) return kept;
  const next = { ...submission, status: 'lapsed' as const, deadline: null, seq: await takeSeq(db) };
  const lapsed = { ...kept, submission: next, asked: null };
  await replaceSubmission(db, submission, lapsed);
  await record(db, {
    at: now,
    accountId: null,
    kind: 'submission.lapsed',
    subject: id,
    facts: { deadline: submission.deadline },
  });
  return lapsed;
}

/** Lapses all that are due; run before the feed is read, and from time to time. */
export async function lapseDue(db: Store, now: string): Promise<void> {
  for (const id of await overdue(db, now)) await lapseIfDue(db, id, now);
}
