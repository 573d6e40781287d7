import { Failure } from '../failure.ts';
import type { Person } from '../store/accounts.ts';
import { type Kept, loadKept } from '../store/submissions.ts';
import type { Store } from '../store/tables.ts';
import { lapseIfDue } from './lapse.ts';

/** The submission of a candidate, lapsed first when its time is over. Fails with `request.not_found`. */
export async function ownSubmission(db: Store, candidate: Person, now: string): Promise<Kept> {
  const id = candidate.submissionId;
  if (id === null) throw new Failure('request.not_found');
  await lapseIfDue(db, id, now);
  const kept = await loadKept(db, id);
  if (!kept) throw new Failure('request.not_found');
  return kept;
}
