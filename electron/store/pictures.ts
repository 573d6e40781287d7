import { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** A picture to fetch. */
export type Wanted = { readonly sha256: Sha256; readonly bytes: number };

/** Notes a picture as here: its bytes are committed in `images.db`, length and hash verified. */
export function notePicture(db: Writer, { sha256, bytes }: Wanted): void {
  sql(db, 'INSERT INTO pictures (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING').run(sha256, bytes);
}

/** Forgets a picture whose bytes turned out to be unreadable, so that it is fetched again. */
export function forgetPicture(db: Writer, sha256: Sha256): void {
  sql(db, 'DELETE FROM pictures WHERE sha256 = ?').run(sha256);
}

/**
 * Brings the note of what is here in line with what really is, after one of the two files was replaced. Pictures that
 * are here and not noted need not be fetched again.
 */
export function reconcilePictures(db: Writer, here: Iterable<Wanted>): void {
  const noted = new Set(
    sql<{ sha256: Sha256 }>(db, 'SELECT sha256 FROM pictures')
      .all()
      .map(({ sha256 }) => sha256),
  );
  for (const picture of here) {
    if (!noted.delete(picture.sha256)) notePicture(db, picture);
  }
  for (const sha256 of noted) forgetPicture(db, sha256);
}

/** Keeps what was found in a picture. */
export function writeFacts(db: Writer, facts: ImageFacts): void {
  sql(db, 'UPDATE pictures SET facts = ? WHERE sha256 = ?').run(JSON.stringify(facts), facts.sha256);
}

/** Has a picture looked at again: its small rendition can't be read any more. */
export function forgetFacts(db: Writer, sha256: Sha256): void {
  sql(db, 'UPDATE pictures SET facts = NULL WHERE sha256 = ?').run(sha256);
}

/** Facts of the pictures that are here and have been looked at. */
export function readFacts(db: Reader, hashes: readonly Sha256[]): ImageFacts[] {
  const get = sql<{ facts: string | null }>(db, 'SELECT facts FROM pictures WHERE sha256 = ?');
  return hashes.flatMap((sha256) => {
    const facts = get.get(sha256)?.facts;
    return facts ? [ImageFacts.parse(JSON.parse(facts))] : [];
  });
}

/** Those of the pictures that are not here. */
export function absentOf(db: Reader, hashes: readonly Sha256[]): Sha256[] {
  const get = sql(db, 'SELECT 1 FROM pictures WHERE sha256 = ?');
  return hashes.filter((sha256) => get.get(sha256) === undefined);
}

/** Pictures that have not been looked at, those of the most urgent submissions first. */
export function unseenPictures(db: Reader, limit: number): Sha256[] {
  return sql<{ sha256: Sha256 }>(
    db,
    `SELECT p.sha256 FROM pictures p
     LEFT JOIN submission_images i ON i.sha256 = p.sha256 AND i.current = 1
     LEFT JOIN submissions s ON s.id = i.submission_id
     WHERE p.facts IS NULL
     GROUP BY p.sha256
     ORDER BY max(coalesce(s.open, 0)) DESC, min(coalesce(s.deadline_key, '9999')), min(i.submission_id), min(i.slot)
     LIMIT ?`,
  )
    .all(limit)
    .map(({ sha256 }) => sha256);
}

/** Present pictures of one submission that have not been looked at, in the order of its slots. */
export function unseenOf(db: Reader, id: SubmissionId): Sha256[] {
  return sql<{ sha256: Sha256 }>(
    db,
    `SELECT DISTINCT i.sha256 FROM submission_images i JOIN pictures p ON p.sha256 = i.sha256
     WHERE i.submission_id = ? AND i.current = 1 AND p.facts IS NULL ORDER BY i.slot`,
  )
    .all(id)
    .map(({ sha256 }) => sha256);
}

/** Every picture that a submission has or had and that isn't here, those in its slots first. */
function absentPictures(db: Reader, id: SubmissionId, current: 0 | 1): Wanted[] {
  return sql<Wanted>(
    db,
    `SELECT i.sha256, i.bytes FROM submission_images i
     WHERE i.submission_id = ? AND i.current = ? AND NOT EXISTS (SELECT 1 FROM pictures p WHERE p.sha256 = i.sha256)
     ORDER BY i.slot`,
  ).all(id, current);
}

/** Pictures of the submissions on and near the screen that are not here, also of purged ones. */
export function attendedPictures(db: Reader, attended: readonly SubmissionId[]): Wanted[] {
  return ([1, 0] as const).flatMap((current) => attended.flatMap((id) => absentPictures(db, id, current)));
}

/**
 * Pictures to fetch in the order of need: those under review before the others, by deadline as in the queue, candidate
 * by candidate; replaced pictures come last, purged ones not at all.
 * @param isTaken those to leave out
 */
export function wantedPictures(db: Reader, limit: number, isTaken: (sha256: Sha256) => boolean): Wanted[] {
  const found = new Map<Sha256, Wanted>();
  const take = (pictures: readonly Wanted[]) => {
    for (const picture of pictures) if (!isTaken(picture.sha256)) found.set(picture.sha256, picture);
  };
  const incomplete = sql<{ id: SubmissionId }>(
    db,
    'SELECT id FROM submissions WHERE absent > 0 ORDER BY open DESC, deadline_key, id',
  ).all();
  for (const { id } of incomplete) {
    if (found.size >= limit) return [...found.values()].slice(0, limit);
    take(absentPictures(db, id, 1));
  }
  const replaced = sql<{ id: SubmissionId }>(
    db,
    `SELECT s.id FROM submissions s
     WHERE s.id IN (SELECT i.submission_id FROM submission_images i
                    WHERE i.current = 0 AND NOT EXISTS (SELECT 1 FROM pictures p WHERE p.sha256 = i.sha256))
       AND NOT EXISTS (SELECT 1 FROM finished f WHERE f.submission_id = s.id AND f.purged = 1)
     ORDER BY s.open DESC, s.deadline_key, s.id`,
  ).all();
  for (const { id } of replaced) {
    if (found.size >= limit) break;
    take(absentPictures(db, id, 0));
  }
  return [...found.values()].slice(0, limit);
}

/**
 * How many pictures, and bytes, the submissions here have without what was purged, and how many of them are here. One that
 * two submissions have counts for both.
 */
export function countPictures(db: Reader): {
  images: { done: number; total: number };
  bytes: { done: number; total: number };
} {
  const row = sql<{ total: number; done: number; bytes: number; bytesDone: number }>(
    db,
    'SELECT pictures AS total, here AS done, bytes, bytes_here AS bytesDone FROM picture_tally',
  ).get() ?? { total: 0, done: 0, bytes: 0, bytesDone: 0 };
  return { images: { done: row.done, total: row.total }, bytes: { done: row.bytesDone, total: row.bytes } };
}
