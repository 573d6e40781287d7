import { createHash, randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Form } from '../shared/form.ts';
import { AccountId, materialOf, type Slot, SubmissionId } from '../shared/ids.ts';
import { type Policy, reviewEnd } from '../shared/policy.ts';
import type { Submission } from '../shared/submission.ts';
import { hashPassword } from './accounts/password.ts';
import { mimeOf } from './images/format.ts';
import { CANDIDATE_PASSWORD, SAMPLE_STAFF, STAFF_PASSWORD } from './sample-accounts.ts';
import type { Opened } from './start.ts';
import { findAccount, insertAccount } from './store/accounts.ts';
import { takeSeq } from './store/feed.ts';
import { imageRegistered } from './store/images.ts';
import { readNote, writeNote } from './store/notes.ts';
import { savePolicy } from './store/policies.ts';
import { insertSubmission, isRegistered } from './store/submissions.ts';
import { together } from './store/together.ts';

/** The data folder holds something else than the sample that was asked for. */
export class SampleMismatchError extends Error {
  override readonly name = 'SampleMismatchError';
}

/** A generated candidate with the pictures as "uploaded", and what was planted in them. */
export type SampleCandidate = {
  readonly registrationNumber: string;
  readonly site: string;
  readonly submittedAt: string;
  readonly form: Form;
  readonly images: readonly { readonly slot: Slot; readonly bytes: Uint8Array }[];
  readonly defects: readonly unknown[];
};

/** Makes the candidates of a district, in order, the same ones for the same options. */
export type Generate = (options: {
  count: number;
  seed: number;
  today: string;
  threads: number;
}) => AsyncIterable<SampleCandidate>;

/** Where the generated district comes from. */
export type District = { readonly generateDistrict: Generate; readonly samplePolicy: (today: string) => Policy };

export type FillOptions = {
  readonly folder: string;
  readonly count: number;
  readonly seed: number;
  readonly clock: () => Date;
  /** Tells the progress, a line at a time. */
  readonly say: (line: string) => void;
  /** The generator; loaded only when something is to be filled. */
  readonly district: () => Promise<District>;
  /** Ends the filling before the next candidate; it goes on from there another time. */
  readonly signal?: AbortSignal;
};

const NOTE = 'sample';
const Note = z.strictObject({
  count: z.number().int(),
  seed: z.number().int(),
  /** Day that the sample was made for; going on later keeps it, so that the rest fits what is there. */
  today: z.string(),
  complete: z.boolean(),
});
type Note = z.infer<typeof Note>;

/** The day it is in Beijing. */
function localDate(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** A UUID made from a text: the same sample has the same ids. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function begin({ db }: Opened, { count, seed, clock }: FillOptions): Promise<Note> {
  const stored = await readNote(db, NOTE);
  if (stored !== null) {
    const note = Note.parse(JSON.parse(stored));
    if (note.count === count && note.seed === seed) return note;
    throw new SampleMismatchError(
      `the data folder holds a sample of ${note.count} candidates (seed ${note.seed}): ask for that one, or name another folder with --data`,
    );
  }
  if (await db.selectFrom('submissions').select('id').limit(1).executeTakeFirst()) {
    throw new SampleMismatchError('the data folder holds real submissions: name another one with --data');
  }
  const note = { count, seed, today: localDate(clock()), complete: false };
  await writeNote(db, NOTE, JSON.stringify(note));
  return note;
}

async function addCandidate(
  { db, blobs }: Opened,
  made: SampleCandidate,
  policy: Policy,
  hash: string,
  id: SubmissionId,
) {
  if (await isRegistered(db, made.registrationNumber)) return;
  const held = await Promise.all(
    made.images.map(async ({ slot, bytes }) => ({
      slot,
      image: { sha256: await blobs.put(bytes), bytes: bytes.length, mime: mimeOf(bytes) },
    })),
  );
  await db.transaction().execute(async (trx) => {
    // Asked again in the transaction: another process may fill the same database.
    if (await isRegistered(trx, made.registrationNumber)) return;
    for (const { image } of held) await together(trx, [imageRegistered(image)]);
    const submission: Submission = {
      id,
      registrationNumber: made.registrationNumber,
      point: null,
      site: made.site,
      district: policy.district,
      status: 'pending',
      revision: 1,
      round: 1,
      seq: await takeSeq(trx),
      submittedAt: made.submittedAt,
      deadline: reviewEnd(policy, policy.levels[0]),
      form: made.form,
      images: held.map(({ slot, image: { sha256, bytes } }) => ({
        slot,
        material: materialOf(slot),
        sha256,
        bytes,
        uploadedAt: made.submittedAt,
        state: 'open',
        reasons: [],
        comment: '',
        earlier: [],
      })),
      opinions: [],
      claim: null,
      concludedBy: null,
      sentBack: null,
      parts: [],
    };
    await insertSubmission(trx, { submission, asked: null, reachedDistrict: false });
    const person = {
      id: AccountId.parse(idOf(`account ${id}`)),
      account: made.registrationNumber,
      name: made.form.name,
      role: 'candidate' as const,
      level: null,
      point: null,
      site: null,
      district: policy.district,
      submissionId: id,
    };
    await insertAccount(trx, person, hash);
  });
}

async function addStaff({ db }: Opened, district: string): Promise<void> {
  const hash = await hashPassword(STAFF_PASSWORD);
  await db.transaction().execute(async (trx) => {
    for (const staff of SAMPLE_STAFF) {
      if (await findAccount(trx, staff.account)) continue;
      const id = AccountId.parse(idOf(`account ${staff.account}`));
      await insertAccount(trx, { ...staff, id, district, submissionId: null }, hash);
    }
  });
}

/** Writes a file whole or not at all. */
async function writeWhole(file: string, content: unknown): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/**
 * Fills a data folder with a generated district: submissions, accounts, `accounts.json` for people and tests, and
 * `truth.json` (what was planted; never served). A folder that is filled is used at once, an interrupted one goes on.
 * Throws `SampleMismatchError` when the folder holds anything else.
 */
export async function fillSample(data: Opened, options: FillOptions): Promise<void> {
  const { folder, say } = options;
  const note = await begin(data, options);
  if (note.complete) return;
  const { count, seed, today } = note;
  const { generateDistrict, samplePolicy } = await options.district();
  const policy = samplePolicy(today);
  await savePolicy(data.db, policy);
  await addStaff(data, policy.district);
  const hash = await hashPassword(CANDIDATE_PASSWORD);
  const truth: unknown[] = [];
  const registrationNumbers: string[] = [];
  for await (const made of generateDistrict({ count, seed, today, threads: availableParallelism() })) {
    if (options.signal?.aborted) return;
    const { registrationNumber, site, defects } = made;
    const submissionId = SubmissionId.parse(idOf(`submission ${seed} ${registrationNumber}`));
    await addCandidate(data, made, policy, hash, submissionId);
    registrationNumbers.push(registrationNumber);
    truth.push({ registrationNumber, submissionId, site, defects });
    say(`Sample district: ${registrationNumbers.length} of ${count}`);
  }
  await writeWhole(path.join(folder, 'truth.json'), { count, seed, today, candidates: truth });
  await writeWhole(path.join(folder, 'accounts.json'), {
    reviewers: SAMPLE_STAFF.map(({ account, role, level, site }) => ({
      account,
      password: STAFF_PASSWORD,
      role,
      level,
      site,
    })),
    candidates: registrationNumbers.map((registrationNumber) => ({ registrationNumber, password: CANDIDATE_PASSWORD })),
  });
  await writeNote(data.db, NOTE, JSON.stringify({ ...note, complete: true }));
}
