import { z } from 'zod';
import type { Line } from './measure.ts';

/** What differs by less is never called moved: two runs of the same thing at other loads differ by so much. */
const FLOOR = 0.05;

const Figure = z.strictObject({
  ratio: z.number(),
  /** By what share of itself another run may differ. */
  noise: z.number(),
});
type Figure = z.infer<typeof Figure>;

/** The last figures of each benchmark that were thought worth keeping: `recorded.json`. */
export const Recorded = z.record(
  z.string(),
  z.strictObject({
    unit: z.string(),
    at: z.string(),
    /** Processes that wanted to run, on average of a minute, and how many could. */
    load: z.number(),
    cores: z.number().int(),
    rounds: z.number().int(),
    figures: z.record(z.string(), Figure),
  }),
);
export type Recorded = z.infer<typeof Recorded>;

/** How a figure stands to the recorded one. */
export type Move = {
  readonly budget: string;
  readonly anchor: string;
  /** Null when it was never recorded. */
  readonly recorded: number | null;
  readonly now: number;
  /** By what share it had to differ to count. */
  readonly noise: number;
  readonly moved: 'better' | 'worse' | 'same' | 'new';
};

/** A benchmark's name; where the same is asked of several sizes, with the size. */
export function nameOf({ bench, count }: Line): string {
  return typeof count === 'number' && bench.startsWith('queue.') ? `${bench}@${count}` : bench;
}

/** Speeds are the better the higher, times and sizes the lower. */
const isSpeed = (unit: string): boolean => /\/s\b/.test(unit);

/**
 * Whether a figure has moved since it was recorded: by more than both runs' noise together, and by more than a twentieth.
 * Ratios are compared as such, 2 to 1 like 1 to 2.
 */
export function moveOf(before: Figure, now: Figure, unit: string): Pick<Move, 'noise' | 'moved'> {
  const noise = Math.max(FLOOR, Math.hypot(before.noise, now.noise));
  const change = Math.log(now.ratio / before.ratio);
  if (Math.abs(change) <= Math.log(1 + noise)) return { noise, moved: 'same' };
  return { noise, moved: change > 0 === isSpeed(unit) ? 'better' : 'worse' };
}

const figuresOf = ({ ratios, noise }: Line): [string, Figure][] =>
  Object.entries(ratios).map(([anchor, ratio]) => [anchor, { ratio, noise: noise[anchor] ?? 0 }]);

/** How each figure of a run stands to the recorded ones. */
export function movesOf(recorded: Recorded, lines: readonly Line[]): Move[] {
  return lines.flatMap((line) =>
    figuresOf(line).map(([anchor, now]) => {
      const budget = nameOf(line);
      const before = recorded[budget]?.figures[anchor];
      const head = { budget, anchor, now: now.ratio };
      if (!before) return { ...head, recorded: null, noise: now.noise, moved: 'new' as const };
      return { ...head, recorded: before.ratio, ...moveOf(before, now, line.unit) };
    }),
  );
}

/** The recorded figures with those of a run in the place of what was recorded of the same benchmarks. */
export function recordedWith(
  recorded: Recorded,
  lines: readonly Line[],
  when: { readonly at: string; readonly load: number; readonly cores: number },
): Recorded {
  const fresh = lines.map((line) => {
    const { unit, rounds } = line;
    return [nameOf(line), { unit, ...when, rounds, figures: Object.fromEntries(figuresOf(line)) }] as const;
  });
  const all = Object.entries({ ...recorded, ...Object.fromEntries(fresh) });
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}
