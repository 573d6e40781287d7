import { create } from 'zustand';

/** Ways of looking at a re-upload and what it replaces. All but the first need the two to be aligned. */
export const LOOKS = ['sides', 'swipe', 'blink', 'difference'] as const;
export type Look = (typeof LOOKS)[number];

/** One key press moves the edge between the two by this, percent. */
const EDGE_STEP = 5;

type LookState = {
  /** What the reviewer chose; stays for the next comparison. */
  readonly look: Look;
  /** Where the earlier picture ends and the new one begins, percent of the pane's width. */
  readonly edge: number;
  /** Blinking: the earlier one is on top. */
  readonly flipped: boolean;
  /** It blinks by itself. */
  readonly auto: boolean;
  choose(look: Look): void;
  next(): void;
  slide(to: number): void;
  step(by: 1 | -1): void;
  /** By hand: it no longer blinks by itself. */
  flip(): void;
  tick(): void;
  setAuto(auto: boolean): void;
};

/** How comparisons are looked at. */
export const useLooks = create<LookState>()((set) => ({
  look: 'sides',
  edge: 50,
  flipped: false,
  auto: true,
  choose: (look) => set({ look, flipped: false }),
  next: () => set(({ look }) => ({ look: LOOKS[(LOOKS.indexOf(look) + 1) % LOOKS.length] ?? 'sides', flipped: false })),
  slide: (to) => set({ edge: Math.min(100, Math.max(0, to)) }),
  step: (by) => set(({ edge }) => ({ edge: Math.min(100, Math.max(0, edge + by * EDGE_STEP)) })),
  flip: () => set(({ flipped }) => ({ flipped: !flipped, auto: false })),
  tick: () => set(({ flipped }) => ({ flipped: !flipped })),
  setAuto: (auto) => set({ auto }),
}));
