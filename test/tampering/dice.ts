/** Reproducible chance: mulberry32 over a seed and a round. */
export type Dice = {
  /** A whole number from 0 to below `n`. */
  readonly below: (n: number) => number;
  /** One of the list. @throws RangeError for an empty one */
  readonly pick: <T>(list: readonly T[]) => T;
};

/** The dice of a round. */
export function diceOf(seed: number, round: number): Dice {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(round + 1, 0x85ebca6b)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    pick: (list) => {
      const one = list[below(list.length)];
      if (one === undefined) throw new RangeError('nothing to pick from');
      return one;
    },
  };
}
