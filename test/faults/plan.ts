import { type Random, stream } from '../../service/sample/random.ts';
import type { Kind } from './kinds.ts';

/** One fault of a round, with all that chance decides about it. */
export type PlannedFault = {
  readonly kind: Kind;
  /** Decisions that the reviewer makes meanwhile, at most. */
  readonly decisions: number;
  /** Pause between two of them, ms. */
  readonly every: number;
  /** When it strikes, ms after the work began; and at which n-th call, byte or write, as a share of the possible. */
  readonly after: number;
  readonly share: number;
  /** A choice of two, where a kind has two forms. */
  readonly other: boolean;
};

/** What one round does. The same seed and number give the same plan. */
export type Plan = {
  readonly seed: number;
  readonly round: number;
  readonly faults: readonly PlannedFault[];
  /** How long decisions are held back, ms. */
  readonly hold: number;
  /** Nobody asks for news while it settles: the workstation has to come back by itself. */
  readonly untouched: boolean;
};

/** Kinds that need a workstation started in a special way: one of them a round. */
const SPECIAL: ReadonlySet<Kind> = new Set(['disk-full', 'power-cut', 'packet-loss']);
/** Kinds that a workstation on a line without a proxy can't have. */
const NEEDS_LINE: ReadonlySet<Kind> = new Set([
  'line-reset',
  'line-ended',
  'line-stalled',
  'answer-dropped',
  'two-desks',
  'claim-taken',
  'pictures-replaced',
]);

function fits(kind: Kind, beside: readonly Kind[]): boolean {
  if (beside.includes(kind)) return false;
  if (SPECIAL.has(kind)) return !beside.some((other) => SPECIAL.has(other) || NEEDS_LINE.has(other));
  return !(NEEDS_LINE.has(kind) && beside.some((other) => SPECIAL.has(other)));
}

/**
 * How often a kind is drawn as the second fault. Those that fit beside fewer others are drawn more often where they do
 * fit, so that all kinds come up about as often.
 */
function weightOf(kind: Kind): number {
  if (SPECIAL.has(kind)) return 2.3;
  return NEEDS_LINE.has(kind) ? 1.4 : 1;
}

/** A kind drawn by weight; undefined where there is none. */
function draw(random: Random, kinds: readonly Kind[]): Kind | undefined {
  let left = random.unit() * kinds.reduce((sum, kind) => sum + weightOf(kind), 0);
  for (const kind of kinds) {
    left -= weightOf(kind);
    if (left < 0) return kind;
  }
  return kinds.at(-1);
}

/**
 * The plan of a round: two faults one after the other. The first kind goes round the list, so that every kind comes up
 * in `kinds.length` rounds.
 */
export function planOf(seed: number, round: number, kinds: readonly Kind[]): Plan {
  const random = stream('faults', seed, round);
  const first = kinds[(round + seed) % kinds.length];
  if (first === undefined) throw new RangeError('no kind of fault is possible here');
  const second = draw(
    random,
    kinds.filter((kind) => fits(kind, [first])),
  );
  const faults = (second === undefined ? [first] : [first, second]).map((kind) => ({
    kind,
    decisions: random.int(4, 10),
    every: random.int(0, 25),
    after: random.int(0, 160),
    share: random.unit(),
    other: random.chance(0.5),
  }));
  return { seed, round, faults, hold: random.pick([0, 0, 100, 400]), untouched: random.chance(0.1) };
}
