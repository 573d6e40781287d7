import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { Image } from '../../shared/submission.ts';
import { useMarks } from '../marks/state.ts';
import type { Bench } from '../review/bench.ts';
import { activeSlot } from '../review/panes.ts';
import { reviewState, useReview } from '../review/state.ts';
import { slotName } from '../ui/words.ts';
import { paneHandles } from '../viewer/pane-handles.ts';
import { UPRIGHT } from '../viewer/viewport.ts';
import { type Message, openLine, type Target } from './messages.ts';

/** Whether the second window is open. */
export const useSecond = create<{ readonly open: boolean }>()(() => ({ open: false }));

let line: ReturnType<typeof openLine> | null = null;
let last: Target | null = null;
let moving = false;

function tellTarget(target: Target | null): void {
  last = target;
  const { lang, dataset } = document.documentElement;
  line?.tell({ kind: 'target', target, language: lang === 'en' ? 'en' : 'zh-CN', dark: dataset.theme === 'dark' });
}

/** Where the target is, unless it is fitted as everywhere. */
function tellPlace(): void {
  const relative = paneHandles.get(reviewState().panes.active)?.relative();
  if (relative) line?.tell({ kind: 'moved', relative });
}

function hear(message: Message): void {
  switch (message.kind) {
    case 'hello':
      useSecond.setState({ open: true });
      tellTarget(last);
      tellPlace();
      return;
    case 'bye':
      useSecond.setState({ open: false });
      return;
    case 'moved':
      moving = true;
      paneHandles.get(reviewState().panes.active)?.follow(message.relative);
      moving = false;
      return;
    case 'key': {
      // Acts where the keyboard is in this window; a key that isn't the user's own types nothing.
      const { kind: _, type, ...key } = message;
      const event = new KeyboardEvent(type, { ...key, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
      return;
    }
    case 'target':
  }
}

/** Listens for the second window. Mount once in the first. */
export function useSecondLine(): void {
  useEffect(() => {
    line = openLine(hear);
    return () => {
      line?.close();
      line = null;
      useSecond.setState({ open: false });
    };
  }, []);
}

/** Tells the second window what the target is and how it is held; mounted only while that is open. */
export function SecondFeed({ bench }: { readonly bench: Bench }): null {
  const { t } = useTranslation();
  const slot = useReview((review) => activeSlot(review.panes));
  const hold = useReview((review) => (slot ? (review.holds[slot] ?? UPRIGHT) : UPRIGHT));
  const draft = useMarks((state) => (state.draft && state.draft.slot === slot ? state.draft.marks : null));
  const image: Image | undefined = slot ? bench.images.get(slot) : undefined;
  const absent = image !== undefined && bench.subject.absent.includes(image.sha256);
  useEffect(() => {
    if (!image || absent) return tellTarget(null);
    tellTarget({
      sha256: image.sha256,
      facts: bench.facts.get(image.sha256) ?? null,
      name: slotName(t, image.slot, bench.counts.get(image.material) ?? 1),
      state: image.state,
      marks: [...(draft ?? image.marks ?? [])],
      reasons: image.reasons,
      comment: image.comment,
      hold,
    });
  }, [image, absent, hold, draft, bench.facts, bench.counts, t]);
  useEffect(() => {
    let asked = 0;
    const stop = paneHandles.watch((pane) => {
      if (moving || asked !== 0 || pane !== reviewState().panes.active) return;
      // Once a frame is often enough.
      asked = requestAnimationFrame(() => {
        asked = 0;
        tellPlace();
      });
    });
    return () => {
      stop();
      cancelAnimationFrame(asked);
      tellTarget(null);
    };
  }, []);
  return null;
}
