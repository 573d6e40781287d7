import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import type { Failure } from '../failure.ts';
import type { Store } from '../store/database.ts';
import type { Images } from '../store/images.ts';
import { attendedPictures, notePicture, type Wanted, wantedPictures } from '../store/pictures.ts';
import { pictureMoved } from '../store/submissions.ts';
import type { Access } from '../sync/line.ts';
import { diskOf, roomFor, type Shortage } from './space.ts';

/** So many are ordered ahead: more than can be under way and waiting to be written, so that fetching never stands still. */
const AHEAD = 96;
/** How often the disk is asked for room, bytes fetched. */
const LOOK_EVERY = 64_000_000;

/** The two databases that a picture goes into. */
export type PictureStores = { readonly review: Store; readonly images: Images };

/**
 * Notes pictures that are kept. Their bytes come first, then this note: after a crash between the two they are fetched
 * once more, never missed.
 */
export function notePictures(review: Store, kept: readonly Wanted[]): SubmissionId[] {
  return review.transact((db) => {
    for (const picture of kept) notePicture(db, picture);
    return [...new Set(kept.flatMap(({ sha256 }) => pictureMoved(db, sha256)))];
  });
}

/** A pull that runs beside a fetch: what it brings is wanted too. */
export type Source = { ended: boolean; onPage: () => void };

export type FetchOptions = {
  readonly access: Access;
  readonly stores: PictureStores;
  readonly signal: AbortSignal;
  /** Submissions on and near the screen: their pictures come before all others. */
  readonly attended: () => readonly SubmissionId[];
  /** Where further submissions come from meanwhile. */
  readonly source: Source;
  /** Most bytes that pictures may take up on this computer. */
  readonly budget: number;
  /** After each commit: the pictures that are here now, and the submissions that have them. */
  readonly onKept: (submissions: readonly SubmissionId[]) => void;
};

export type FetchResult = {
  /** Pictures that could not be had in this run, and why. */
  readonly missing: ReadonlyMap<Sha256, Failure>;
  /** Why others were not even asked for: there is no room. */
  readonly shortage: Shortage | null;
};

/**
 * Has every picture fetched that the submissions need and that isn't here, in the order of need. Ends when no further
 * submissions come and all pictures are here or were tried in vain; can be aborted at any time and goes on where it stopped.
 * @throws ServiceFailure when the network fails, Failure `store.write` when the disk does
 */
export async function fetchPictures(options: FetchOptions): Promise<FetchResult> {
  const { access, stores, signal, attended, source, budget, onKept } = options;
  const { review, images } = stores;
  const missing = new Map<Sha256, Failure>();
  const ordered = new Map<Sha256, number>();
  const hurried = new Set<Sha256>();
  let room = roomFor(await diskOf(images.path), images.used(), budget);
  let promised = 0;
  let fetched = 0;
  let shortage: Shortage | null = null;
  signal.throwIfAborted();

  const askDisk = async () => {
    room = roomFor(await diskOf(images.path), images.used(), budget);
    promised = [...ordered.values()].reduce((total, bytes) => total + bytes, 0);
  };
  /** Orders what there is room for. What is on screen may go beyond the budget, never below the floor of the disk. */
  const order = (pictures: readonly Wanted[], first: boolean) => {
    const fitting: Wanted[] = [];
    for (const picture of pictures) {
      const fits = promised + picture.bytes <= room.bytes || (first && room.end === 'store.budget');
      if (!fits) {
        shortage = room.end;
        break;
      }
      if (!ordered.has(picture.sha256)) promised += picture.bytes;
      ordered.set(picture.sha256, picture.bytes);
      fitting.push(picture);
    }
    if (fitting.length > 0) run.order(fitting, first);
  };
  const more = () => {
    if (signal.aborted) return;
    const urgent = attendedPictures(review.read, attended()).filter(
      ({ sha256 }) => !hurried.has(sha256) && !missing.has(sha256),
    );
    for (const { sha256 } of urgent) hurried.add(sha256);
    order(urgent, true);
    if (shortage === null && ordered.size <= AHEAD / 2) {
      const taken = (sha256: Sha256) => ordered.has(sha256) || missing.has(sha256);
      order(wantedPictures(review.read, AHEAD - ordered.size, taken), false);
    }
    if (ordered.size === 0 && source.ended) run.end();
  };
  const run = images.transfer(access, {
    onKept: (pictures) => {
      const submissions = notePictures(review, pictures);
      for (const { sha256, bytes } of pictures) {
        ordered.delete(sha256);
        fetched += bytes;
      }
      onKept(submissions);
      if (fetched >= LOOK_EVERY) {
        fetched = 0;
        void askDisk().then(more, () => run.end());
      } else more();
    },
    onMissed: (sha256, failure) => {
      ordered.delete(sha256);
      missing.set(sha256, failure);
      more();
    },
  });
  const stop = () => run.end();
  signal.addEventListener('abort', stop, { once: true });
  source.onPage = more;
  try {
    more();
    await run.ended;
  } finally {
    source.onPage = () => undefined;
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  return { missing, shortage };
}
