import type { AccountId, Sha256, Slot, SubmissionId } from '../../shared/ids.ts';
import type { Policy } from '../../shared/policy.ts';
import { judgedIn } from '../../shared/resolve.ts';
import type { Level } from '../../shared/status.ts';
import { Submission } from '../../shared/submission.ts';
import { hides, overlay } from '../overlay.ts';
import {
  deadlineKey,
  gramsOf,
  isOpen,
  judgedImages,
  materialStates,
  nameKeys,
  openPoints,
  reversed,
  statusKey,
} from '../queue/columns.ts';
import { type Reader, sql, type Writer } from './database.ts';
import { pendingOf, unsettledOf } from './outbox.ts';
import { ASIDE_NOW } from './set-aside.ts';

/** For whom and by which rules the derived columns are computed. `level` is null for supervisors. */
export type View = { readonly me: AccountId; readonly level: Level | null; readonly policy: Policy };

/** A submission as stored. */
export type Stored = {
  readonly epoch: string;
  readonly seq: number;
  /** As the service gave it. */
  readonly base: Submission;
  /** With this computer's decisions. */
  readonly effective: Submission;
};

/** A submission, or null when it is not (or no longer) here. */
export function readSubmission(db: Reader, id: SubmissionId): Stored | null {
  const row = sql<{ epoch: string; seq: number; base: string; effective: string }>(
    db,
    'SELECT s.epoch, s.seq, d.base, d.effective FROM submissions s JOIN documents d ON d.id = s.id WHERE s.id = ?',
  ).get(id);
  if (!row) return null;
  return {
    epoch: row.epoch,
    seq: row.seq,
    base: Submission.parse(JSON.parse(row.base)),
    effective: Submission.parse(JSON.parse(row.effective)),
  };
}

/** The submission with the decisions on top that the service's copy doesn't show yet. */
function withPending(db: Reader, base: Submission, epoch: string, { level, policy }: View): Submission {
  if (level === null) return base;
  const pending = pendingOf(db, base.id).filter(({ receipt }) => hides(receipt, { epoch, seq: base.seq }));
  return overlay(base, pending, { level, policy });
}

function writeRow(db: Writer, base: Submission, epoch: string, view: View): void {
  const effective = withPending(db, base, epoch, view);
  const materials = materialStates(effective, view.policy);
  const { initials, nameKey } = nameKeys(effective.form.name);
  const named = sql<{ name: string }>(db, 'SELECT name FROM submissions WHERE id = ?').get(base.id)?.name ?? null;
  sql(
    db,
    `INSERT INTO submissions (id, epoch, seq, registration_number, name, name_key, initials, id_number,
       registration_tail, id_tail, level, class, paths, status, status_key, open, round, revision, materials, points,
       judged, submitted_at, deadline, deadline_key, base_deadline_key, base_status_key, base_points, claim_token, claim_name, claim_since, others)
     VALUES (@id, @epoch, @seq, @registrationNumber, @name, @nameKey, @initials, @idNumber,
       @registrationTail, @idTail, @level, @class, @paths, @status, @statusKey, @open, @round, @revision, @materials,
       @points, @judged, @submittedAt, @deadline, @deadlineKey, @baseDeadlineKey, @baseStatusKey, @basePoints, @claimToken, @claimName, @claimSince,
       @others)
     ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
       registration_number = excluded.registration_number, name = excluded.name,
       name_key = excluded.name_key, initials = excluded.initials, id_number = excluded.id_number,
       registration_tail = excluded.registration_tail, id_tail = excluded.id_tail, level = excluded.level,
       class = excluded.class, paths = excluded.paths, status = excluded.status, status_key = excluded.status_key,
       open = excluded.open, round = excluded.round, revision = excluded.revision, materials = excluded.materials,
       points = excluded.points, judged = excluded.judged, submitted_at = excluded.submitted_at,
       deadline = excluded.deadline, deadline_key = excluded.deadline_key,
       base_deadline_key = excluded.base_deadline_key, base_status_key = excluded.base_status_key,
       base_points = excluded.base_points, claim_token = excluded.claim_token, claim_name = excluded.claim_name,
       claim_since = excluded.claim_since, others = excluded.others`,
  ).run({
    id: base.id,
    epoch,
    seq: base.seq,
    registrationNumber: effective.registrationNumber,
    name: effective.form.name,
    nameKey,
    initials,
    idNumber: effective.form.idNumber.toUpperCase(),
    registrationTail: reversed(effective.registrationNumber),
    idTail: reversed(effective.form.idNumber.toUpperCase()),
    level: effective.form.level,
    class: effective.form.class,
    paths: JSON.stringify(effective.form.paths),
    status: effective.status,
    statusKey: statusKey(effective),
    open: isOpen(effective, view.level, view.policy) ? 1 : 0,
    round: effective.round,
    revision: effective.revision,
    materials: JSON.stringify(materials),
    points: openPoints(effective, materials),
    judged: judgedImages(effective),
    submittedAt: effective.submittedAt,
    deadline: effective.deadline,
    deadlineKey: deadlineKey(effective),
    baseDeadlineKey: deadlineKey(base),
    baseStatusKey: statusKey(base),
    basePoints: openPoints(base, materialStates(base, view.policy)),
    claimToken: base.claim?.token ?? null,
    claimName: base.claim?.holder.name ?? null,
    claimSince: base.claim?.since ?? null,
    others: base.claim !== null && base.claim.holder.id !== view.me ? 1 : 0,
  });
  if (named !== effective.form.name) writeGrams(db, base.id, effective.form.name);
  sql(
    db,
    `INSERT INTO documents (id, base, effective) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET base = excluded.base, effective = excluded.effective`,
  ).run(base.id, JSON.stringify(base), JSON.stringify(effective));
  sql(
    db,
    `UPDATE submissions SET
       waiting = (SELECT count(*) FROM decisions d JOIN outbox o ON o.seq = d.seq
                  WHERE d.submission_id = submissions.id AND o.state IN ('waiting', 'sending')),
       parked = (SELECT count(*) FROM decisions d JOIN outbox o ON o.seq = d.seq
                 WHERE d.submission_id = submissions.id AND o.state IN ('conflict', 'refused')),
       aside = ${ASIDE_NOW}
     WHERE id = ?`,
  ).run(base.id);
}

/**
 * Pictures that this computer's decisions judged: what waits or was not taken is looked at beside what is there now, so
 * they stay wanted, and are fetched again where missing, though the service names them no more.
 */
function judgedHere(db: Reader, id: SubmissionId): { slot: Slot; sha256: Sha256; bytes: number }[] {
  const bytes = sql<{ bytes: number }>(
    db,
    'SELECT max(bytes) AS bytes FROM submission_images WHERE submission_id = ? AND sha256 = ?',
  );
  return unsettledOf(db, id)
    .flatMap(({ act }) => judgedIn(act))
    .map((judged) => ({ ...judged, bytes: bytes.get(id, judged.sha256)?.bytes ?? 0 }))
    .filter((known) => known.bytes > 0);
}

function writeGrams(db: Writer, id: SubmissionId, name: string): void {
  sql(db, 'DELETE FROM name_grams WHERE submission = ?').run(id);
  const insert = sql(
    db,
    'INSERT INTO name_grams (gram, place, submission) SELECT ?, deadline_key, id FROM submissions WHERE id = ?',
  );
  for (const gram of gramsOf(name)) insert.run(gram, id);
}

function writeImages(db: Writer, { id, images }: Submission): void {
  const judged = judgedHere(db, id);
  sql(db, 'DELETE FROM submission_images WHERE submission_id = ?').run(id);
  const insert = sql(
    db,
    `INSERT INTO submission_images (submission_id, slot, sha256, bytes, current) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  for (const image of images) {
    insert.run(id, image.slot, image.sha256, image.bytes, 1);
    for (const earlier of image.earlier) insert.run(id, image.slot, earlier.sha256, earlier.bytes, 0);
  }
  const isCurrent = new Set(images.map(({ slot, sha256 }) => `${slot} ${sha256}`));
  for (const { slot, sha256, bytes } of judged) {
    if (!isCurrent.has(`${slot} ${sha256}`)) insert.run(id, slot, sha256, bytes, 0);
  }
  countAbsent(db, id);
}

/**
 * Counts the pictures of a submission: those it needs, and the current ones that are still to come. Those of a purged one
 * come only when it is looked at. Triggers sum it up (`countPictures`).
 */
export function countAbsent(db: Writer, id: SubmissionId): void {
  sql(
    db,
    `UPDATE submissions SET (absent, pictures, pictures_here, bytes, bytes_here) = (
       SELECT coalesce(sum(current AND NOT here), 0), count(*), coalesce(sum(here), 0), coalesce(sum(bytes), 0),
         coalesce(sum(bytes * here), 0)
       FROM (SELECT max(i.bytes) AS bytes, max(i.current) AS current,
               EXISTS (SELECT 1 FROM pictures p WHERE p.sha256 = i.sha256) AS here
             FROM submission_images i WHERE i.submission_id = @id GROUP BY i.sha256)
       WHERE here OR NOT EXISTS (SELECT 1 FROM finished f WHERE f.submission_id = @id AND f.purged = 1))
     WHERE id = @id`,
  ).run({ id });
}

/** Counts the absent pictures of all submissions anew. */
export function countAllAbsent(db: Writer): void {
  for (const { id } of sql<{ id: SubmissionId }>(db, 'SELECT id FROM submissions').all()) countAbsent(db, id);
}

/**
 * Takes in a submission from the feed. Pending decisions stay on top of it. Within one epoch an older copy than the
 * stored one is ignored, so that pages may be taken in again.
 */
export function takeSubmission(db: Writer, submission: Submission, epoch: string, view: View): void {
  const known = sql<{ epoch: string; seq: number }>(db, 'SELECT epoch, seq FROM submissions WHERE id = ?').get(
    submission.id,
  );
  if (known && known.epoch === epoch && known.seq > submission.seq) return;
  writeRow(db, submission, epoch, view);
  writeImages(db, submission);
}

/** Computes a submission's row anew, after a decision on it was saved, answered or withdrawn. */
export function refreshSubmission(db: Writer, id: SubmissionId, view: View): void {
  const stored = readSubmission(db, id);
  if (stored) writeRow(db, stored.base, stored.epoch, view);
}

/** Computes every row anew: policy or level have changed. */
export function refreshAll(db: Writer, view: View): void {
  const ids = sql<{ id: SubmissionId }>(db, 'SELECT id FROM submissions').all();
  for (const { id } of ids) refreshSubmission(db, id, view);
}

/** After a whole feed of a new epoch: removes what it no longer holds, except where a decision still waits. */
export function dropOtherEpochs(db: Writer, epoch: string): SubmissionId[] {
  return sql<{ id: SubmissionId }>(
    db,
    // Two ranges rather than `<>`, so that the index finds them: this is asked at every look for news.
    `DELETE FROM submissions WHERE (epoch < @epoch OR epoch > @epoch) AND waiting = 0 AND parked = 0 RETURNING id`,
  )
    .all({ epoch })
    .map(({ id }) => id);
}

/** The submissions that have a picture in a slot now, whose count of absent pictures is brought up to date. */
export function pictureMoved(db: Writer, sha256: Sha256): SubmissionId[] {
  const ids = sql<{ id: SubmissionId }>(
    db,
    'SELECT DISTINCT submission_id AS id FROM submission_images WHERE sha256 = ?',
  )
    .all(sha256)
    .map(({ id }) => id);
  for (const id of ids) countAbsent(db, id);
  return ids;
}

/** Registration numbers of the other submissions that use a picture now. */
export function otherUsers(db: Reader, sha256: Sha256, id: SubmissionId): string[] {
  return sql<{ number: string }>(
    db,
    `SELECT DISTINCT s.registration_number AS number FROM submission_images i
     JOIN submissions s ON s.id = i.submission_id
     WHERE i.sha256 = ? AND i.submission_id <> ? ORDER BY number`,
  )
    .all(sha256, id)
    .map(({ number }) => number);
}

/** Submissions here, and those with all their pictures. */
export function countSubmissions(db: Reader): { all: number; complete: number } {
  return (
    sql<{ all: number; complete: number }>(db, 'SELECT submissions AS "all", complete FROM picture_tally').get() ?? {
      all: 0,
      complete: 0,
    }
  );
}
