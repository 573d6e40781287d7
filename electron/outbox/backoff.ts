/** First wait and longest wait before trying again, ms. The longest is short: what waits must go out soon after the
 * network is back, and one small request every 15 s harms nobody. */
export const FIRST_WAIT = 1_000;
export const LONGEST_WAIT = 15_000;

/**
 * How long to wait after the `failures`-th failure in a row (from 1), ms: doubling, with "equal jitter" (half fixed,
 * half random), so that a hundred desks don't come back in the same second. `random` is in [0, 1).
 */
export function backoff(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
