import { webFrame } from 'electron';

/** Of the page, which this folder knows nothing of otherwise. */
declare function addEventListener(
  kind: 'keydown' | 'pointerdown' | 'wheel',
  heard: () => void,
  options: { readonly capture: boolean; readonly passive: boolean },
): void;

/** So long without any of these nobody waits for the page, ms. */
const REST = 2_000;
/** Fewer of them leave little behind. */
const WORTH = 40;

/**
 * Has Chromium give memory back whenever the reviewer rests. What was leafed past is garbage, but its collector measures
 * JavaScript's own heap, in which pages that are gone weigh next to nothing, and lets 200 MB of them stand.
 */
export function tidyAtRest(): void {
  // What the start has left is worth it too.
  let moves = WORTH;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const moved = () => {
    moves += 1;
    clearTimeout(rest);
    if (moves < WORTH) return;
    rest = setTimeout(() => {
      moves = 0;
      webFrame.clearCache();
    }, REST);
  };
  for (const kind of ['keydown', 'pointerdown', 'wheel'] as const) {
    addEventListener(kind, moved, { capture: true, passive: true });
  }
}
