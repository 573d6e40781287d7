import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { slotName, statusName } from '../ui/words.ts';
import type { Bench } from './bench.ts';
import { activeSlot } from './panes.ts';
import { useReview } from './state.ts';

/** Id of the line that screen readers read out when it changes; it stays while submissions come and go. */
export const SPOKEN = 'spoken';

/** Says something to screen readers, without showing it. */
export function speak(text: string): void {
  const line = document.getElementById(SPOKEN);
  if (line && line.textContent !== text) line.textContent = text;
}

/** The target of the keys in words: the picture, which one of how many, and how it stands. */
export function targetText(t: TFunction, bench: Bench, slot: string | null): string {
  const images = bench.subject.submission.images;
  const index = images.findIndex((one) => one.slot === slot);
  const image = images[index];
  if (!image) return t('picture.none');
  return t('spoken.target', {
    picture: slotName(t, image.slot, bench.counts.get(image.material) ?? 1),
    state: t(`imageState.${image.state}`),
    place: index + 1,
    count: images.length,
  });
}

/**
 * Keys act on a picture that has no focus of its own: whoever hears the screen is told which candidate is there now, and
 * which picture is the target.
 */
export function useSpoken(bench: Bench): void {
  const { t } = useTranslation();
  const slot = useReview((review) => activeSlot(review.panes));
  const { form, status } = bench.subject.submission;
  const candidate = t('spoken.candidate', { name: form.name, status: statusName(t, status) });
  const target = targetText(t, bench, slot);
  useEffect(() => speak(`${candidate} ${target}`), [candidate, target]);
}
