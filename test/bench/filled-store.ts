import { join } from 'node:path';
import { createProfile, openStores, profileOf, type Stores } from '../../electron/account/profile.ts';
import { reversed } from '../../electron/queue/columns.ts';
import { type Reader, type Store, sql, type Writer } from '../../electron/store/database.ts';
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

type Part = { readonly type: string; readonly name: string; readonly text: string };

/** Takes indexes and triggers of the multiplied tables away, and gives back what brings them again. */
function takeAway(db: Reader): readonly Part[] {
  const parts = sql<Part>(
    db,
    `SELECT type, name, sql AS text FROM sqlite_master
     WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ('submissions', 'name_grams')`,
  ).all();
  for (const { type, name } of parts) sql(db, `DROP ${type} ${name}`).run();
  return parts;
}

/** Copies transactions that become one: more would only fill the log. */
const COPIES = 20;

/**
 * Multiplies the rows that the queue reads: `times` as many submissions, without documents of their own. Indexes are
 * sorted once at the end rather than kept in order row by row, and the tallies multiplied rather than counted.
 */
export function multiplyRows(store: Store, times: number): void {
  const db: Reader = store.read;
  const columns = db.prepare("SELECT name FROM pragma_table_info('submissions')").pluck().all() as string[];
  const own: Readonly<Record<string, string>> = {
    id: "id || '-' || @n",
    registration_number: 'registration_number || @n',
    registration_tail: '@backwards || registration_tail',
    id_number: "substr(id_number, 1, 14) || printf('%03d', @n % 1000) || substr(id_number, 18)",
    id_tail: 'substr(id_tail, 1, 1) || @threeBackwards || substr(id_tail, 5)',
  };
  const last = sql<number>(db, 'SELECT max(rowid) FROM submissions').pluck().get();
  const copy = `INSERT INTO submissions (${columns.join(', ')})
    SELECT ${columns.map((name) => own[name] ?? name).join(', ')} FROM submissions WHERE rowid <= @last`;
  // So many rows do not fit the store's usual cache; reading is measured with the usual one.
  const cache = sql<number>(db, 'PRAGMA cache_size').pluck().get();
  const pragmas = (rows: readonly string[]) => rows.forEach((pragma) => void sql(db, `PRAGMA ${pragma}`).run());
  pragmas([`cache_size = ${-FILLING_CACHE}`, 'synchronous = OFF', 'foreign_keys = OFF']);
  const parts = store.transact(takeAway);
  for (let first = 1; first < times; first += COPIES) {
    store.transact((db) => {
      for (let n = first; n < Math.min(times, first + COPIES); n += 1) {
        const three = String(n % 1_000).padStart(3, '0');
        sql(db, copy).run({ n, last, backwards: reversed(String(n)), threeBackwards: reversed(three) });
      }
    });
  }
  store.transact((db) => {
    // In the order of the table, each row after the one before.
    sql(db, 'CREATE TEMP TABLE copied AS SELECT gram, place, submission FROM name_grams').run();
    sql(
      db,
      `INSERT INTO name_grams (gram, place, submission)
       WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n + 1 < @times)
       SELECT gram, place, submission || '-' || n FROM copied, copies WHERE @times > 1 ORDER BY 1, 2, 3`,
    ).run({ times });
    sql(db, 'DROP TABLE copied').run();
    sql(db, 'UPDATE queue_tally SET n = n * ?').run(times);
    const sums = ['submissions', 'complete', 'pictures', 'here', 'bytes', 'bytes_here'];
    sql(db, `UPDATE picture_tally SET ${sums.map((sum) => `${sum} = ${sum} * @times`).join(', ')}`).run({ times });
  });
  for (const { text } of parts) store.transact((db) => void sql(db, text).run());
  pragmas([`cache_size = ${cache}`, 'synchronous = FULL', 'foreign_keys = ON']);
}

/** The stores of a new profile in a folder. */
export async function newStores(folder: string): Promise<Stores> {
  const profile = profileOf(join(folder, 'desk'), 'http://127.0.0.1:9', 'reviewer1');
  const key = await createProfile(profile, 'bench');
  return openStores(profile, key, SURROUNDINGS, OPENING);
}
