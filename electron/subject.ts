import type { SubmissionId } from '../shared/ids.ts';
import type { ReviewSubject } from '../shared/ipc.ts';
import { Failure } from './failure.ts';
import type { Reader } from './store/database.ts';
import { isPurged } from './store/finished.ts';
import { listDecisions, newestUnanswered, tracked } from './store/outbox.ts';
import { absentOf, readFacts } from './store/pictures.ts';
import { readAside } from './store/set-aside.ts';
import { otherUsers, readSubmission } from './store/submissions.ts';

/** Decisions of one submission that the review screen lists, at most. */
const LISTED = 200;

/**
 * All that the review screen shows of a submission.
 * @throws Failure `request.not_found`
 */
export function readSubject(db: Reader, id: SubmissionId): ReviewSubject {
  const stored = readSubmission(db, id);
  if (!stored) throw new Failure('request.not_found');
  const submission = stored.effective;
  const current = submission.images.map(({ sha256 }) => sha256);
  const hashes = [
    ...new Set([...current, ...submission.images.flatMap((image) => image.earlier.map((e) => e.sha256))]),
  ];
  const shared = [...new Set(current)].flatMap((sha256) => {
    const registrationNumbers = otherUsers(db, sha256, id);
    return registrationNumbers.length > 0 ? [{ sha256, registrationNumbers }] : [];
  });
  return {
    submission,
    facts: readFacts(db, hashes),
    absent: absentOf(db, hashes),
    purged: isPurged(db, id),
    shared,
    decisions: listDecisions(db, { submissionId: id, limit: LISTED }).map(tracked),
    undoable: newestUnanswered(db, id)?.undoable ?? false,
    aside: readAside(db, id),
  };
}
