import type { Slot } from './ids.ts';
import type { Policy } from './policy.ts';
import type { ProblemCode } from './problem.ts';
import type { Submission } from './submission.ts';

/** Places that the last return asks the candidate to fill; null when nothing is asked. */
export type AskedPlaces = readonly Slot[] | null;

/**
 * Why a candidate may not put a picture into a place now; null = they may (promise 9). A locked picture never changes.
 * Returned: exactly what was asked for. Under review: nothing where all locks on 提交审核 (2020); where each picture locks
 * when it is reviewed (2022), those that nobody has judged, until the first level has concluded.
 */
export function lockedFor(
  { status, images }: Pick<Submission, 'status' | 'images'>,
  slot: Slot,
  asked: AskedPlaces,
  { lockMode }: Pick<Policy, 'lockMode'>,
): ProblemCode | null {
  const image = images.find((known) => known.slot === slot);
  if (image?.state === 'locked') return 'image.locked';
  if (status === 'returned') return asked?.includes(slot) ? null : 'image.not_wanted';
  const unjudged = lockMode === 'on_review' && status === 'pending' && image?.state === 'open';
  return unjudged ? null : 'image.not_wanted';
}
