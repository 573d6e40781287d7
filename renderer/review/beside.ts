import { useLayoutEffect } from 'react';
import type { Sha256 } from '../../shared/ids.ts';
import type { Image } from '../../shared/submission.ts';
import { useMemory } from '../memory.ts';
import type { Bench } from './bench.ts';
import { activeSlot } from './panes.ts';
import { type Overlay, reviewState, useReview } from './state.ts';

/** What must be known to tell whether a comparison opens, or has nothing left to show. */
export type Sight = {
  /** The picture that keys act on. */
  readonly image: Image | undefined;
  /** This reviewer may answer the question that the comparison asks. */
  readonly decidable: boolean;
  /** What lies over the pictures. */
  readonly over: Overlay['kind'];
  /** The reviewer wishes it. */
  readonly wanted: boolean;
  /** Pictures that were compared so already: whoever closed it has decided to look otherwise. */
  readonly compared: ReadonlySet<Sha256>;
};

/**
 * Whether a comparison opens by itself: over nothing but the pictures, on an open re-upload of a returned picture, once. A
 * comparison whose target has nothing before it closes, so that the next Esc does what it says.
 */
export function besideStep({ image, decidable, over, wanted, compared }: Sight): 'open' | 'close' | null {
  const before = image?.earlier[0];
  if (over === 'compare') return before ? null : 'close';
  if (over !== 'none' || !wanted || !decidable || image?.state !== 'open' || before?.state !== 'returned') return null;
  return compared.has(image.sha256) ? null : 'open';
}

/** Since the start of the program. */
const compared = new Set<Sha256>();

/** A re-upload that is looked at for the first time opens beside what it replaces. */
export function useBeside(bench: Bench): void {
  const wanted = useMemory(true).data?.beside ?? true;
  const image = useReview((review) => {
    const slot = activeSlot(review.panes);
    return slot ? bench.images.get(slot) : undefined;
  });
  const over = useReview((review) => review.overlay.kind);
  const { decidable } = bench;
  // Before the paint: the panes below would only flash.
  useLayoutEffect(() => {
    const step = besideStep({ image, decidable, over, wanted, compared });
    if (step === 'close') reviewState().clear();
    if (image && over === 'compare') compared.add(image.sha256);
    if (step === 'open' && image) reviewState().lay({ kind: 'compare', slot: image.slot });
  }, [image, decidable, over, wanted]);
}
