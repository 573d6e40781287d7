import type { Sha256, SubmissionId } from '../../shared/ids.ts';
import type { Announce } from '../changes.ts';
import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import { type Picture, readOriginal, readSmall } from '../store/originals.ts';
import { forgetFacts } from '../store/pictures.ts';
import type { PictureStores } from './fetch.ts';
import { forgetUnreadable } from './look.ts';

type Rendition = 'full' | 'small';

/** A picture as it goes to the page; `lasting` when there will be no better one under its address. */
export type Shown = Picture & { readonly lasting: boolean };

export type GalleryOptions = {
  readonly stores: PictureStores;
  readonly announce: Announce;
  readonly log: Log;
  /** Fetches and looks at what is missing. */
  readonly refetch: () => void;
};

/** The pictures that are here, for the page. */
export type Gallery = { readonly show: (rendition: Rendition, sha256: Sha256) => Shown | null };

/** Shows pictures; what turns out to be unreadable is got again, each once until it could be read. */
export function openGallery({ stores, announce, log, refetch }: GalleryOptions): Gallery {
  // The page may ask again before the new one is here, which must not be forgotten as well.
  const mending = new Set<string>();

  const mend = (rendition: Rendition, sha256: Sha256): SubmissionId[] => {
    if (rendition === 'full') return forgetUnreadable(stores, sha256);
    stores.review.transact((db) => forgetFacts(db, sha256));
    return [];
  };
  const unreadable = (rendition: Rendition, sha256: Sha256, error: unknown) => {
    const one = `${rendition} ${sha256}`;
    if (mending.has(one)) return;
    mending.add(one);
    log('image.unreadable', { sha256, rendition, reason: error instanceof Error ? error.name : 'unknown' });
    try {
      announce(['images', 'submissions'], mend(rendition, sha256));
      refetch();
    } catch (failure) {
      log('image.stuck', { sha256, code: failure instanceof Failure ? failure.code : 'desk.failed' });
    }
  };
  const read = (rendition: Rendition, sha256: Sha256): Picture | null => {
    try {
      const { read: images } = stores.images;
      const found = rendition === 'small' ? readSmall(images, sha256) : readOriginal(images, sha256);
      if (found) mending.delete(`${rendition} ${sha256}`);
      return found;
    } catch (error) {
      unreadable(rendition, sha256, error);
      return null;
    }
  };
  return {
    show: (rendition, sha256) => {
      const small = rendition === 'small' ? read('small', sha256) : null;
      const found = small ?? read('full', sha256);
      return found && { ...found, lasting: rendition === 'full' || small !== null };
    },
  };
}
