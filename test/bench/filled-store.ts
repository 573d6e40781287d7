import { join } from 'node:path';
import { createProfile, openStores, profileOf, type Stores } from '../../electron/account/profile.ts';
import { reversed } from '../../electron/queue/columns.ts';
import { type Reader, sql, type Writer } from '../../electron/store/database.ts';
import { takeSubmission, type View } from '../../electron/store/submissions.ts';
import { samplePolicy } from '../../service/sample/policy.ts';
import { AccountId, SubmissionId } from '../../shared/ids.ts';
import type { Status, Submission } from '../../shared/submission.ts';
import { form, image, sha, submission } from '../factories/submission.ts';
import { idNumberOf, nameOf, SLOTS } from './district.ts';
import { OPENING, SURROUNDINGS } from './headless.ts';

/** The rules by which the measured store is filled. */
export const VIEW: View = { me: AccountId.parse('acc-1'), level: 'site', policy: samplePolicy('2026-03-10') };

/** A share of a district after some weeks: most still open, some judged, some returned, some through. */
function stateOf(index: number): Pick<Submission, 'status' | 'images'> {
  const status: Status =
    (['pending', 'pending', 'pending', 'returned', 'site_approved'] as const)[index % 5] ?? 'pending';
  const images = SLOTS.map((slot, place) => {
    const judged = status === 'site_approved' || (index % 4 === 0 && place < 3);
    return image(slot, { sha256: sha(1 + index * SLOTS.length + place), state: judged ? 'locked' : 'open' });
  });
  return { status, images };
}

/** The n-th submission of the measured store, with twelve pictures that are not here. */
export function submissionOf(index: number): Submission {
  const day = String(11 + (index % 15)).padStart(2, '0');
  return submission({
    id: SubmissionId.parse(`bench-${String(index).padStart(7, '0')}`),
    registrationNumber: `2026990101${String(500_000 + index)}`,
    seq: index + 1,
    form: form({ ...idNumberOf(index), name: nameOf(index) }),
    submittedAt: new Date(Date.UTC(2026, 2, 1, 1, index)).toISOString(),
    deadline: `2026-03-${day}T16:00:00.000Z`,
    ...stateOf(index),
  });
}

/** Fills a store with submissions, in one transaction. */
export function fillSubmissions(db: Writer, count: number, epoch: string, view: View = VIEW): void {
  for (let index = 0; index < count; index += 1) takeSubmission(db, submissionOf(index), epoch, view);
}

/** Memory for pages while a store is multiplied, KiB. */
const FILLING_CACHE = 2_000_000;

/** Multiplies the rows that the queue reads: `times` as many submissions, without documents of their own. */
export function multiplyRows(db: Writer, times: number): void {
  const columns = (db as Reader).prepare("SELECT name FROM pragma_table_info('submissions')").pluck().all() as string[];
  const own: Readonly<Record<string, string>> = {
    id: "id || '-' || @n",
    registration_number: 'registration_number || @n',
    registration_tail: '@backwards || registration_tail',
    id_number: "substr(id_number, 1, 14) || printf('%03d', @n % 1000) || substr(id_number, 18)",
    id_tail: 'substr(id_tail, 1, 1) || @threeBackwards || substr(id_tail, 5)',
  };
  const copy = sql(
    db,
    `INSERT INTO submissions (${columns.join(', ')}) SELECT ${columns.map((name) => own[name] ?? name).join(', ')}
     FROM submissions WHERE id NOT LIKE '%-%-%'`,
  );
  const grams = sql(
    db,
    "INSERT INTO name_grams (gram, id) SELECT gram, id || '-' || @n FROM name_grams WHERE id NOT LIKE '%-%-%'",
  );
  // So many rows do not fit the store's usual cache; reading is measured with the usual one.
  const cache = sql<number>(db, 'PRAGMA cache_size').pluck().get();
  sql(db, `PRAGMA cache_size = ${-FILLING_CACHE}`).run();
  // Sorted once at the end rather than kept in order row by row.
  const indexes = sql<{ name: string; text: string }>(
    db,
    `SELECT name, sql AS text FROM sqlite_master
     WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('submissions', 'name_grams')`,
  ).all();
  for (const { name } of indexes) sql(db, `DROP INDEX ${name}`).run();
  for (let n = 1; n < times; n += 1) {
    const three = String(n % 1_000).padStart(3, '0');
    copy.run({ n, backwards: reversed(String(n)), threeBackwards: reversed(three) });
    grams.run({ n });
  }
  for (const { text } of indexes) sql(db, text).run();
  sql(db, `PRAGMA cache_size = ${cache}`).run();
}

/** The stores of a new profile in a folder. */
export async function newStores(folder: string): Promise<Stores> {
  const profile = profileOf(join(folder, 'desk'), 'http://127.0.0.1:9', 'reviewer1');
  const key = await createProfile(profile, 'bench');
  return openStores(profile, key, SURROUNDINGS, OPENING);
}
