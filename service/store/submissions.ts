import { z } from 'zod';
import { Slot, SubmissionId } from '../../shared/ids.ts';
import { Submission } from '../../shared/submission.ts';
import { freezeAll } from './freeze.ts';
import { imagesNoted } from './images.ts';
import { inScope, type Scope } from './scope.ts';
import { firstOf, rowOfPlaces, statement } from './statement.ts';
import type { Store, Tables } from './tables.ts';
import { type Change, together } from './together.ts';

/** What the last return asks the candidate for: pictures to replace, and places of missing ones. */
export const Asked = z.strictObject({ replace: z.array(Slot), add: z.array(Slot) });
export type Asked = z.infer<typeof Asked>;

/** Every place that is asked for; null when nothing is. */
export function placesOf(asked: Asked | null): Slot[] | null {
  return asked === null ? null : [...asked.replace, ...asked.add];
}

/** A submission with what the service alone keeps beside it. */
export type Kept = { readonly submission: Submission; readonly asked: Asked | null; readonly reachedDistrict: boolean };

/** Submissions that are kept as they were read: every reviewer of a place reads the same ones. */
const KEPT = 1_000;
const read = new Map<string, Submission>();

/** Reads a stored document back. The same text gives the same, frozen submission. */
export function readSubmission(document: string): Submission {
  const known = read.get(document);
  const submission = known ?? freezeAll(Submission.parse(JSON.parse(document)));
  if (known) read.delete(document);
  // The one that was read longest ago goes first.
  read.set(document, submission);
  if (read.size > KEPT) for (const oldest of read.keys()) if (read.delete(oldest)) break;
  return submission;
}

/** The submission with an id, if it is in scope; `null` tells nothing of whether it exists elsewhere. */
export async function findSubmission(db: Store, scope: Scope, id: SubmissionId): Promise<Submission | null> {
  const row = await db
    .selectFrom('submissions')
    .select('document')
    .where('id', '=', id)
    .where((eb) => inScope(eb, scope))
    .executeTakeFirst();
  return row ? readSubmission(row.document) : null;
}

/** What is stored of a submission with what the service alone keeps beside it. */
export type KeptRow = Pick<Tables['submissions'], 'document' | 'asked' | 'reached_district'>;

/** A submission as it is stored. */
export function keptOf({ document, asked, reached_district: reached }: KeptRow): Kept {
  return {
    submission: readSubmission(document),
    asked: asked === null ? null : Asked.parse(JSON.parse(asked)),
    reachedDistrict: reached === 1,
  };
}

const storedAt = statement<{ id: string }, KeptRow>((db, value) =>
  db
    .selectFrom('submissions')
    .select(['document', 'asked', 'reached_district'])
    .where('id', '=', value('id'))
    .compile(),
);

/** The submission with an id, whoever asks: for the service's own rules only. */
export async function loadKept(db: Store, id: SubmissionId): Promise<Kept | null> {
  const row = await firstOf(db, storedAt({ id }));
  return row ? keptOf(row) : null;
}

/** Returned submissions whose time to upload again is over. */
export async function overdue(db: Store, now: string): Promise<SubmissionId[]> {
  const rows = await db
    .selectFrom('submissions')
    .select('id')
    .where('status', '=', 'returned')
    .where('deadline', '<=', now)
    .execute();
  return rows.map(({ id }) => SubmissionId.parse(id));
}

/** A locked picture would have been changed: a fault of the service, stopped before it is stored (promise 9). */
export class LockedImageError extends Error {
  override readonly name = 'LockedImageError';
}

function guardLocked(before: Submission, after: Submission): void {
  const now = new Map(after.images.map((image) => [image.slot, image.sha256]));
  const broken = before.images.find(({ slot, state, sha256 }) => state === 'locked' && now.get(slot) !== sha256);
  if (broken) throw new LockedImageError(`locked image ${broken.slot} of ${before.id} would have changed`);
}

function columns({ submission, asked, reachedDistrict }: Kept) {
  const pictures = submission.images.flatMap((image) => [image, ...image.earlier]);
  return {
    status: submission.status,
    revision: submission.revision,
    seq: submission.seq,
    deadline: submission.deadline,
    reached_district: reachedDistrict ? 1 : 0,
    image_count: pictures.length,
    image_bytes: pictures.reduce((sum, { bytes }) => sum + bytes, 0),
    asked: asked === null ? null : JSON.stringify(asked),
    document: JSON.stringify(submission),
  };
}

/** Stores a new submission. Its images must be registered. */
export async function insertSubmission(db: Store, kept: Kept): Promise<void> {
  const { submission } = kept;
  await db
    .insertInto('submissions')
    .values({
      id: submission.id,
      registration_number: submission.registrationNumber,
      point: submission.point,
      site: submission.site,
      district: submission.district,
      ...columns(kept),
    })
    .execute();
  await together(db, imagesNoted(null, submission));
}

type Columns = ReturnType<typeof columns>;
const COLUMNS = [
  ...(['status', 'revision', 'seq', 'deadline', 'reached_district', 'image_count', 'image_bytes'] as const),
  ...(['asked', 'document'] as const),
];
const replace = statement<Columns & { id: string }, unknown>((db, value) =>
  db.updateTable('submissions').set(rowOfPlaces<Columns>(COLUMNS, value)).where('id', '=', value('id')).compile(),
);

/**
 * The next state of a submission, to be stored in the transaction in which `before` was read, with what is to be noted
 * of its pictures. Throws `LockedImageError` when a locked image would change or vanish.
 */
export function replacement(before: Submission, kept: Kept): Change[] {
  guardLocked(before, kept.submission);
  return [...imagesNoted(before, kept.submission), { statement: replace({ ...columns(kept), id: before.id }) }];
}

/** Stores the next state of a submission: see `replacement`. */
export function replaceSubmission(db: Store, before: Submission, kept: Kept): Promise<void> {
  return together(db, replacement(before, kept));
}

/** Whether a registration number is taken. */
export async function isRegistered(db: Store, registrationNumber: string): Promise<boolean> {
  const row = await db
    .selectFrom('submissions')
    .select('id')
    .where('registration_number', '=', registrationNumber)
    .executeTakeFirst();
  return row !== undefined;
}
