import type { SubmissionId } from '../../shared/ids.ts';
import { record } from '../store/audit.ts';
import { takeSeq } from '../store/feed.ts';
import { loadKept, overdue, replaceSubmission } from '../store/submissions.ts';
import type { Store } from '../store/tables.ts';

/** 逾期放弃: a returned submission whose time to upload again is over goes no further. Nothing happens to others. */
export async function lapseIfDue(db: Store, id: SubmissionId, now: string): Promise<void> {
  const kept = await loadKept(db, id);
  if (!kept) return;
  const { submission } = kept;
  if (submission.status !== 'returned' || submission.deadline === null || submission.deadline > now) return;
  const next = { ...submission, status: 'lapsed' as const, deadline: null, seq: await takeSeq(db) };
  await replaceSubmission(db, submission, { ...kept, submission: next, asked: null });
  await record(db, {
    at: now,
    accountId: null,
    kind: 'submission.lapsed',
    subject: id,
    facts: { deadline: submission.deadline },
  });
}

/** Lapses all that are due; run before the feed is read, and from time to time. */
export async function lapseDue(db: Store, now: string): Promise<void> {
  for (const id of await overdue(db, now)) await lapseIfDue(db, id, now);
}

/** Whether `lapseDue` would change anything. */
export async function isLapseDue(db: Store, now: string): Promise<boolean> {
  return (await overdue(db, now)).length > 0;
}
