import type { Policy } from '../shared/policy.ts';
import { looksUnbiased, shownTo, type Viewer } from '../shared/second-look.ts';
import type { Submission } from '../shared/submission.ts';

/** Submissions as JSON without their last brace and `parts`, which each reviewer sees their own of. */
const openings = new WeakMap<Submission, Buffer>();

function openingOf(submission: Submission): Buffer {
  const known = openings.get(submission);
  if (known) return known;
  const { parts: _, ...rest } = submission;
  const opening = Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"parts":`);
  // What could still be changed is written anew each time.
  if (Object.isFrozen(submission)) openings.set(submission, opening);
  return opening;
}

/** What follows when nobody has had a part in a submission yet. */
const NO_PARTS = Buffer.from('[]}');

/**
 * A submission as somebody may see it, as the pieces of its JSON; what is the same for all viewers is written once.
 */
export function writtenFor(submission: Submission, viewer: Viewer, policy: Policy): Buffer[] {
  // A submission with less in it than the parts of others is written whole.
  if (looksUnbiased(submission, viewer, policy)) {
    return [Buffer.from(JSON.stringify(shownTo(submission, viewer, policy)))];
  }
  const opening = openingOf(submission);
  if (submission.parts.length === 0) return [opening, NO_PARTS];
  return [opening, Buffer.from(`${JSON.stringify(shownTo(submission, viewer, policy).parts)}}`)];
}
