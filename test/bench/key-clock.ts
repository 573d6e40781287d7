import type { Page } from 'playwright';
import { clock } from './measure.ts';

/** How often the two clocks are compared; the quickest answer is the truest. */
const LOOKS = 40;

declare global {
  interface Window {
    /** When the last key went down, on the page's own clock, ms. */
    benchKey?: number;
  }
}

/** Times of a page's key presses on the clock of this process. */
export type KeyClock = {
  /** Presses a key and says when its event arose, ms on `clock()`. */
  readonly press: (key: string) => Promise<number>;
  /** Holds a key down; again and again it repeats. */
  readonly down: (key: string) => Promise<void>;
  readonly up: (key: string) => Promise<void>;
};

/** Fits the page's clock to ours, to half of the shortest round trip, and listens for keys. */
export async function openKeyClock(page: Page): Promise<KeyClock> {
  await page.evaluate(() => {
    const note = (event: KeyboardEvent) => {
      window.benchKey = event.timeStamp;
    };
    window.addEventListener('keydown', note, { capture: true });
  });
  let best = { trip: Number.POSITIVE_INFINITY, offset: 0 };
  for (let look = 0; look < LOOKS; look += 1) {
    const asked = clock();
    const theirs = await page.evaluate(() => performance.now());
    const trip = clock() - asked;
    if (trip < best.trip) best = { trip, offset: asked + trip / 2 - theirs };
  }
  return {
    press: async (key) => {
      await page.keyboard.press(key);
      const at = await page.evaluate(() => window.benchKey);
      if (at === undefined) throw new Error('the page has seen no key');
      return at + best.offset;
    },
    down: (key) => page.keyboard.down(key),
    up: (key) => page.keyboard.up(key),
  };
}
