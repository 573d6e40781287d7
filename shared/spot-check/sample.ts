import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ReasonCode } from '../catalogue/reasons.ts';
import type { AccountId, DecisionId } from '../ids.ts';

/** Ways to draw: from all; so many of each reviewer; so many of each reason; from those at risk. */
export const SAMPLE_METHODS = ['simple', 'by_reviewer', 'by_reason', 'by_risk'] as const;
/** What makes a decision worth a second look: looked at for a short time, passed against a failed check, refused. */
export const RISKS = ['short_viewing', 'failed_checks', 'refused'] as const;
export type Risk = (typeof RISKS)[number];

/** A decision that can be drawn. */
export type Drawable = {
  readonly decision: DecisionId;
  readonly by: AccountId;
  readonly reasons: readonly ReasonCode[];
  readonly risks: readonly Risk[];
};

/** How to draw. */
export type Draw = {
  readonly method: (typeof SAMPLE_METHODS)[number];
  /** How many in all; by reviewer and by reason, of each. */
  readonly size: number;
  /** 32-bit integer: the same one draws the same sample from the same decisions. */
  readonly seed: number;
  readonly risks: readonly Risk[];
};

/** Takes `size` items at random, each as likely, without repetition (Fisher and Yates). */
function take<T>(items: readonly T[], size: number, random: ReturnType<typeof xoroshiro128plus>): T[] {
  const left = [...items];
  const taken: T[] = [];
  while (taken.length < size && left.length > 0) {
    const place = uniformInt(random, 0, left.length - 1);
    taken.push(...left.splice(place, 1));
  }
  return taken;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Draws a sample. Pure and reproducible: it depends on the seed and on which decisions there are, not on the order in
 * which they come. No decision is drawn twice, though it has several of the reasons.
 */
export function draw(frame: readonly Drawable[], { method, size, seed, risks }: Draw): DecisionId[] {
  const random = xoroshiro128plus(seed);
  const all = [...frame].sort((a, b) => byText(a.decision, b.decision));
  const drawn = new Set<DecisionId>();
  const add = (from: readonly Drawable[]) => {
    const fresh = from.filter(({ decision }) => !drawn.has(decision));
    for (const { decision } of take(fresh, size, random)) drawn.add(decision);
  };
  switch (method) {
    case 'simple':
      add(all);
      break;
    case 'by_reviewer':
      for (const by of [...new Set(all.map((one) => one.by))].sort(byText)) add(all.filter((one) => one.by === by));
      break;
    case 'by_reason':
      for (const reason of [...new Set(all.flatMap((one) => one.reasons))].sort(byText)) {
        add(all.filter(({ reasons }) => reasons.includes(reason)));
      }
      break;
    case 'by_risk':
      add(all.filter((one) => one.risks.some((risk) => risks.includes(risk))));
      break;
  }
  return [...drawn].sort(byText);
}
