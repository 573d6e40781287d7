import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of choices; the same labels give the same stream on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  readonly unit: () => number;
  /** Integer from `from` to `to`, both included. */
  readonly int: (from: number, to: number) => number;
  /** Uniform in [from, to). */
  readonly real: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly shuffle: <T>(items: readonly T[]) => T[];
  /** `count` decimal digits. */
  readonly digits: (count: number) => string;
};

/** 32-bit FNV-1a: spreads labels over seeds. */
function hash(label: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < label.length; at++) {
    value ^= label.charCodeAt(at);
    value = Math.imul(value, 0x01000193);
  }
  return value | 0;
}

/**
 * The stream that belongs to the labels, independent of every other stream: what is drawn for one candidate or picture
 * never shifts what is drawn for another.
 */
export function stream(...labels: readonly (string | number)[]): Random {
  const generator = xoroshiro128plus(hash(labels.join('/')));
  const unit = () => uniformFloat64(generator);
  const int = (from: number, to: number) => uniformInt(generator, from, to);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  return {
    unit,
    int,
    real: (from, to) => from + unit() * (to - from),
    chance: (probability) => unit() < probability,
    pick,
    shuffle: <T>(items: readonly T[]): T[] =>
      items
        .map((item) => ({ item, rank: unit() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item),
    digits: (count) => Array.from({ length: count }, () => int(0, 9)).join(''),
  };
}
