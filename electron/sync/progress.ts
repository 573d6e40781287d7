/** How far back speed is looked at, ms. */
const WINDOW = 10_000;

/** One look at how much is done. */
type Sample = { readonly at: number; readonly done: number };

/** Speed over the last seconds, to say how long the rest takes. Pure: every step gives a new value. */
export type Pace = readonly Sample[];

/** Adds a look; `at` in ms of any steady clock, `done` in any unit. Old looks go, but one always reaches back. */
export function look(pace: Pace, at: number, done: number): Pace {
  const recent = pace.filter((sample, index) => {
    const following = pace[index + 1];
    return sample.at > at - WINDOW || (following !== undefined && following.at > at - WINDOW);
  });
  return [...recent, { at, done }];
}

/** Time for `left` more at the present speed, ms; null while it isn't known or nothing moves. */
export function timeLeft(pace: Pace, left: number): number | null {
  if (left <= 0) return 0;
  const [first, last] = [pace[0], pace.at(-1)];
  if (!first || !last) return null;
  const time = last.at - first.at;
  const moved = last.done - first.done;
  return time < 500 || moved <= 0 ? null : Math.round((left / moved) * time);
}
