import { reviewEnd } from '../../shared/policy.ts';
import { Failure } from '../failure.ts';
import type { Person } from '../store/accounts.ts';
import { record } from '../store/audit.ts';
import { takeSeq } from '../store/feed.ts';
import { policyOf } from '../store/policies.ts';
import { type Kept, loadKept, replaceSubmission } from '../store/submissions.ts';
import type { Store } from '../store/tables.ts';
import { isAnswered } from './view.ts';

/**
 * 重新提交: hands a returned submission in again, as the next round and revision. Fails with `submission.status` when
 * it isn't returned (or its time is over), with `submission.points_open` while something asked for is missing.
 */
export async function submit(db: Store, candidate: Person, now: string): Promise<Kept> {
  const kept = candidate.submissionId === null ? null : await loadKept(db, candidate.submissionId);
  if (!kept) throw new Failure('request.not_found');
  const { submission } = kept;
  const late = submission.deadline !== null && submission.deadline <= now;
  if (submission.status !== 'returned' || late) throw new Failure('submission.status');
  if (!isAnswered(kept)) throw new Failure('submission.points_open');
  const policy = await policyOf(db, submission.district);
  const next: Kept = {
    ...kept,
    asked: null,
    submission: {
      ...submission,
      status: 'pending',
      round: submission.round + 1,
      revision: submission.revision + 1,
      seq: await takeSeq(db),
      submittedAt: now,
      deadline: reviewEnd(policy, policy.levels[0]),
    },
  };
  await replaceSubmission(db, submission, next);
  await record(db, {
    at: now,
    accountId: candidate.id,
    kind: 'submission.submitted',
    subject: submission.id,
    facts: { round: next.submission.round, revision: next.submission.revision },
  });
  return next;
}
