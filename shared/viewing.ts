import { z } from 'zod';
import type { Act } from './decision.ts';
import { Sha256, Slot } from './ids.ts';
import type { Policy } from './policy.ts';

/** How a picture was on screen, from when the submission was opened until the decision. */
export const Viewed = z.strictObject({
  slot: Slot,
  sha256: Sha256,
  /** For how long it was visible in a pane of a window in sight, ms. */
  ms: z.number().int().nonnegative(),
  /** The greatest share of its own pixels that it was shown at, percent: 100 is pixel for pixel, more is enlarged. */
  percent: z.number().int().nonnegative(),
  /** Whether the reviewer turned or mirrored it. */
  rotated: z.boolean(),
});
export type Viewed = z.infer<typeof Viewed>;

/** What a district asks for before a picture may be locked. */
export const ViewingRule = z.strictObject({
  /**
   * Least time on screen, ms. 0: it was on screen at all. How long a look takes says little (one who has seen ten
   * thousand diplomas needs a glance), and a wait that is asked for is waited out without looking; what is short is
   * recorded and found by spot checks instead.
   */
  leastMs: z.number().int().nonnegative().max(60_000).default(0),
  /** Least share of the picture's pixels, percent. Below a tenth of them not even a heading can be read. */
  leastPercent: z.number().int().nonnegative().max(100).default(10),
  /** Whether a decision must say how its pictures were seen; those of before this was recorded don't. */
  needed: z.boolean().default(false),
});
export type ViewingRule = z.infer<typeof ViewingRule>;

/** Pictures that a decision locks without their having been seen as the policy asks; empty = all were. */
export function unseenIn(
  act: Act,
  viewed: readonly Viewed[] | undefined,
  { viewing }: Pick<Policy, 'viewing'>,
): Slot[] {
  if (act.kind !== 'image.lock') return [];
  if (viewed === undefined) return viewing.needed ? [act.slot] : [];
  const seen = viewed.find(({ slot, sha256 }) => slot === act.slot && sha256 === act.sha256);
  const enough = seen !== undefined && seen.ms >= Math.max(1, viewing.leastMs) && seen.percent >= viewing.leastPercent;
  return enough ? [] : [act.slot];
}
