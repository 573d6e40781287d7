import { createHash } from 'node:crypto';
import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import { Failure } from '../failure.ts';
import type { Store } from '../store/database.ts';
import type { Images } from '../store/images.ts';
import { notePicture, type Wanted, wantedPictures } from '../store/pictures.ts';
import { pictureMoved } from '../store/submissions.ts';
import type { Service } from '../sync/client.ts';
import { mediaType } from './format.ts';

const CONCURRENCY = 6;
/** So many pictures may wait to be written; then fetching waits, so that memory stays bounded. */
const LARGEST_BACKLOG = 32;
/** How often a picture that arrives damaged is asked for in one run. */
const TRIES = 3;
/** So many pictures refused one after the other are no longer the fault of pictures. */
const REFUSALS = 8;

/** Answers that may concern one picture alone: the others are still fetched. */
const PICTURE_FAULTS = new Set(['request.not_found', 'service.failed']);

/** The two databases that a picture goes into. */
export type PictureStores = { readonly review: Store; readonly images: Images };

type Fetched = Wanted & { readonly body: Buffer };

/**
 * Keeps verified pictures: first their bytes, then the note that they are here. After a crash between the two they are
 * fetched once more, never missed.
 */
export async function keepPictures(
  { review, images }: PictureStores,
  fetched: readonly Fetched[],
): Promise<SubmissionId[]> {
  await images.keep(fetched.map(({ sha256, body }) => ({ sha256, type: mediaType(body), body })));
  return review.transact((db) => {
    for (const picture of fetched) notePicture(db, picture);
    return [...new Set(fetched.flatMap(({ sha256 }) => pictureMoved(db, sha256)))];
  });
}

/** Whether bytes are the picture that was asked for. */
export function isPicture(body: Uint8Array, { sha256, bytes }: Wanted): boolean {
  return body.length === bytes && createHash('sha256').update(body).digest('hex') === sha256;
}

export type FetchOptions = {
  readonly service: Service;
  readonly stores: PictureStores;
  readonly signal: AbortSignal;
  /** After each commit: the pictures that are here now, and the submissions that have them. */
  readonly onKept: (pictures: readonly Wanted[], submissions: readonly SubmissionId[]) => void;
};

/** Pictures that could not be had in this run, and why. */
export type FetchResult = { readonly missing: ReadonlyMap<Sha256, Failure> };

/**
 * Fetches every picture that the submissions need and that isn't here, in the order of need. Ends when all are here or
 * were tried in vain; can be aborted at any time and goes on where it stopped.
 * @throws ServiceFailure when the network fails, Failure `store.write` when the disk does
 */
export async function fetchPictures({ service, stores, signal, onKept }: FetchOptions): Promise<FetchResult> {
  const missing = new Map<Sha256, Failure>();
  const tries = new Map<Sha256, number>();
  const underway = new Set<Sha256>();
  let backlog: Fetched[] = [];
  let writing: Promise<void> | null = null;
  let broken: unknown = null;
  let queue: Wanted[] = [];
  let refusals = 0;

  /** Writes what has gathered meanwhile, again and again until nothing has: large transactions when it must be fast. */
  const write = async () => {
    try {
      while (backlog.length > 0) {
        const batch = backlog;
        backlog = [];
        const submissions = await keepPictures(stores, batch);
        for (const { sha256 } of batch) underway.delete(sha256);
        onKept(batch, submissions);
      }
    } catch (error) {
      broken ??= error;
    } finally {
      writing = null;
    }
  };
  const keep = async (picture: Fetched) => {
    backlog.push(picture);
    writing ??= write();
    if (backlog.length >= LARGEST_BACKLOG) await writing;
  };
  const next = (): Wanted | undefined => {
    if (queue.length === 0) {
      queue = wantedPictures(stores.review.read, 200 + underway.size + missing.size).filter(
        ({ sha256 }) => !underway.has(sha256) && !missing.has(sha256),
      );
    }
    return queue.shift();
  };
  const one = async (wanted: Wanted): Promise<void> => {
    const count = (tries.get(wanted.sha256) ?? 0) + 1;
    tries.set(wanted.sha256, count);
    try {
      const body = await service.image(wanted.sha256, signal);
      refusals = 0;
      if (isPicture(body, wanted)) return await keep({ ...wanted, body });
      if (count >= TRIES) missing.set(wanted.sha256, new Failure('image.damaged_transfer', `${count} tries`));
      underway.delete(wanted.sha256);
    } catch (error) {
      underway.delete(wanted.sha256);
      const answered = error instanceof Failure && PICTURE_FAULTS.has(error.code);
      refusals += 1;
      if (!answered || refusals >= REFUSALS) throw error;
      missing.set(wanted.sha256, error);
    }
  };
  const worker = async (): Promise<void> => {
    for (let wanted = next(); wanted; wanted = next()) {
      if (broken !== null) throw broken;
      signal.throwIfAborted();
      underway.add(wanted.sha256);
      await one(wanted).catch((error: unknown) => {
        broken ??= error;
        throw error;
      });
    }
  };

  const ended = await Promise.allSettled(Array.from({ length: CONCURRENCY }, worker));
  await writing;
  if (broken !== null) throw broken;
  const failed = ended.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return { missing };
}
