import type { Act } from '../../shared/decision.ts';
import type { Slot } from '../../shared/ids.ts';
import type { Image } from '../../shared/submission.ts';
import { useDesk } from '../desk.ts';
import type { Bench } from './bench.ts';

/** The concluding decision that was not taken and is being made anew on this submission; null when there is none. */
export function useAmended(bench: Bench): Act | null {
  const { id } = bench.subject.submission;
  return useDesk(({ amending }) => (amending?.submissionId === id ? amending.act : null));
}

/** What that decision said of a picture. */
export function amendedPoint(act: Act | null, slot: Slot): Pick<Image, 'reasons' | 'comment' | 'marks'> | null {
  if (act?.kind !== 'submission.return') return null;
  return act.images.find((image) => image.slot === slot) ?? null;
}
