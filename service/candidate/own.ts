import { Failure } from '../failure.ts';
import type { Person } from '../store/accounts.ts';
import type { Kept } from '../store/submissions.ts';
import type { Store } from '../store/tables.ts';
import { lapseIfDue } from './lapse.ts';

/** The submission of a candidate, lapsed first when its time is over. Fails with `request.not_found`. */
export async function ownSubmission(db: Store, candidate: Person, now: string): Promise<Kept> {
  const id = candidate.submissionId;
  if (id === null) throw new Failure('request.not_found');
  const kept = await lapseIfDue(db, id, now);
  if (!kept) throw new Failure('request.not_found');
  return kept;
}
