import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import { isDamage } from '../failure.ts';
import { type Picture, readOriginal } from '../store/originals.ts';
import { forgetPicture, unseenOf, unseenPictures, writeFacts } from '../store/pictures.ts';
import { pictureMoved } from '../store/submissions.ts';
import type { PictureStores } from './fetch.ts';
import type { Intake } from './intake-host.ts';

export type LookOptions = {
  readonly stores: PictureStores;
  readonly intake: Intake;
  readonly signal: AbortSignal;
  /** Submissions on and near the screen: their pictures come before all others. */
  readonly attended: () => readonly SubmissionId[];
  readonly onLooked: (submissions: readonly SubmissionId[]) => void;
};

/** Forgets a picture whose bytes can't be read any more, so that it is fetched again. */
export function forgetUnreadable({ review }: PictureStores, sha256: Sha256): SubmissionId[] {
  return review.transact((db) => {
    forgetPicture(db, sha256);
    return pictureMoved(db, sha256);
  });
}

/** A picture; null when it isn't there or its bytes can't be read. */
function readable({ images }: PictureStores, sha256: Sha256): Picture | null {
  try {
    return readOriginal(images.read, sha256);
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

async function lookAt({ stores, intake, signal, onLooked }: LookOptions, sha256: Sha256): Promise<void> {
  const picture = readable(stores, sha256);
  if (!picture) return onLooked(forgetUnreadable(stores, sha256));
  const { facts, small } = await intake.derive(new Uint8Array(picture.body));
  if (signal.aborted) return;
  if (small) await stores.images.keepSmall(sha256, small);
  const moved = stores.review.transact((db) => {
    writeFacts(db, { ...facts, sha256 });
    return pictureMoved(db, sha256);
  });
  onLooked(moved);
}

/** Asked for at once: all that are unseen have to be put in order each time. */
const BATCH = 500;
/** So many are on their way at a time, so that while one is written down the next is looked at. */
const TOGETHER = 2;

/**
 * Looks at every picture that is here and was not looked at: keeps its facts and its small rendition. Those of the
 * submissions on screen come first, whenever they are opened.
 */
export async function lookAtPictures(options: LookOptions): Promise<void> {
  const { stores, signal, attended } = options;
  const read = stores.review.read;
  for (;;) {
    const unseen = unseenPictures(read, BATCH);
    if (unseen.length === 0) return;
    const seen = new Set<Sha256>();
    let failed = false;
    const next = () => {
      const found = [...attended().flatMap((id) => unseenOf(read, id)), ...unseen].find((one) => !seen.has(one));
      if (found) seen.add(found);
      return found;
    };
    const oneByOne = async () => {
      try {
        for (let one = next(); one && !signal.aborted && !failed; one = next()) await lookAt(options, one);
      } catch (error) {
        failed = true;
        throw error;
      }
    };
    // All come to their end before this does: nothing is written behind the caller's back.
    for (const lane of await Promise.allSettled(Array.from({ length: TOGETHER }, oneByOne))) {
      if (lane.status === 'rejected') throw lane.reason;
    }
    if (signal.aborted) return;
  }
}
