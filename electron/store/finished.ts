import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import { isFinal, type Level, passedStates } from '../../shared/status.ts';
import { STATUSES } from '../../shared/submission.ts';
import { type Reader, sql, type Writer } from './database.ts';
import { forgetPicture } from './pictures.ts';
import { countAbsent, pictureMoved } from './submissions.ts';

/** Whether a level has nothing more to do with a status: it is final, or was passed on. Supervisors have no level. */
const isFinished = (status: (typeof STATUSES)[number], level: Level | null): boolean =>
  isFinal(status) || passedStates(level).includes(status);

const keysOf = (level: Level | null): string =>
  JSON.stringify(STATUSES.flatMap((status, key) => (isFinished(status, level) ? [key] : [])));

/**
 * Notes what is finished by the service's word, and since when this desk knows; what was taken up again is no longer
 * finished, and its pictures are wanted again. Gives how many of these there were.
 */
export function noteFinished(db: Writer, level: Level | null, at: string): number {
  const keys = keysOf(level);
  sql(
    db,
    `INSERT INTO finished (submission_id, at)
     SELECT id, ? FROM submissions WHERE base_status_key IN (SELECT value FROM json_each(?))
     ON CONFLICT (submission_id) DO NOTHING`,
  ).run(at, keys);
  const resumed = sql<{ id: SubmissionId }>(
    db,
    `DELETE FROM finished WHERE submission_id IN (
       SELECT f.submission_id FROM finished f JOIN submissions s ON s.id = f.submission_id
       WHERE s.base_status_key NOT IN (SELECT value FROM json_each(?)))
     RETURNING submission_id AS id`,
  ).all(keys);
  for (const { id } of resumed) countAbsent(db, id);
  return resumed.length;
}

/** Whether the pictures of a submission were purged. */
export function isPurged(db: Reader, id: SubmissionId): boolean {
  return sql(db, 'SELECT 1 FROM finished WHERE submission_id = ? AND purged = 1').get(id) !== undefined;
}

/** What must stay, whatever is finished: unsent and parked decisions, and what is on screen. */
const FREE = 's.waiting = 0 AND s.parked = 0 AND s.id NOT IN (SELECT value FROM json_each(@attended))';

/** Finished submissions that have pictures here, finished longest first. */
export function purgeable(
  db: Reader,
  { before, attended, limit }: { before: string; attended: readonly SubmissionId[]; limit: number },
): SubmissionId[] {
  return sql<{ id: SubmissionId }>(
    db,
    `SELECT s.id FROM finished f JOIN submissions s ON s.id = f.submission_id
     WHERE f.at <= @before AND ${FREE}
       AND EXISTS (SELECT 1 FROM submission_images i JOIN pictures p ON p.sha256 = i.sha256 WHERE i.submission_id = s.id
                   AND ${unshared('i.sha256')})
     ORDER BY f.at, s.id LIMIT @limit`,
  )
    .all({ before, attended: JSON.stringify(attended), limit })
    .map(({ id }) => id);
}

/** That nobody who must keep a picture has it too: one paper may prove something for two candidates. */
function unshared(sha256: string): string {
  return `NOT EXISTS (SELECT 1 FROM submission_images o JOIN submissions s ON s.id = o.submission_id
    WHERE o.sha256 = ${sha256}
      AND NOT (EXISTS (SELECT 1 FROM finished f WHERE f.submission_id = s.id AND f.at <= @before) AND ${FREE}))`;
}

/** Notes the pictures of a finished submission as purged; gives those whose bytes are to be removed now. */
export function notePurged(
  db: Writer,
  id: SubmissionId,
  { before, attended }: { before: string; attended: readonly SubmissionId[] },
): Sha256[] {
  const hashes = sql<{ sha256: Sha256 }>(
    db,
    `SELECT DISTINCT i.sha256 FROM submission_images i JOIN pictures p ON p.sha256 = i.sha256
     WHERE i.submission_id = @id AND ${unshared('i.sha256')}`,
  )
    .all({ id, before, attended: JSON.stringify(attended) })
    .map(({ sha256 }) => sha256);
  sql(db, 'UPDATE finished SET purged = 1 WHERE submission_id = ?').run(id);
  for (const sha256 of hashes) {
    forgetPicture(db, sha256);
    pictureMoved(db, sha256);
  }
  countAbsent(db, id);
  return hashes;
}

/** Removes the data of finished submissions on which no decision waits or is parked. Decisions, outbox and log stay. */
export function dropFinished(db: Writer): SubmissionId[] {
  return sql<{ id: SubmissionId }>(
    db,
    `DELETE FROM submissions WHERE waiting = 0 AND parked = 0 AND id IN (SELECT submission_id FROM finished) RETURNING id`,
  )
    .all()
    .map(({ id }) => id);
}

/** Those of the hashes that no picture is noted under. */
export function unnoted(db: Reader, hashes: readonly Sha256[]): Sha256[] {
  return sql<{ sha256: Sha256 }>(
    db,
    `SELECT value AS sha256 FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM pictures p WHERE p.sha256 = value)`,
  )
    .all(JSON.stringify(hashes))
    .map(({ sha256 }) => sha256);
}
