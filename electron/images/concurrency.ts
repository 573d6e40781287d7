/**
 * How many pictures are fetched at a time. Pure: every step gives a new value. After the gradient rule of TCP Vegas: as
 * long as answers come about as soon as the quickest did, waiting is the line's and more requests at a time hide it; when
 * they take longer, requests queue up somewhere and more of them would only hold up each other and the decisions.
 */
export type Concurrency = {
  readonly limit: number;
  /** The shortest wait for an answer of late, ms; null before the first. */
  readonly quickest: number | null;
  /** Of the present round, which is as long as there are requests at a time. */
  readonly round: { readonly answers: number; readonly waited: number; readonly quickest: number };
  /** Failures that belong to the burst that was answered by going back already. */
  readonly settling: number;
};

export const FEWEST = 1;
/** What browsers open to one host. */
const FIRST = 6;
/** Enough for pictures of 150 KB at 60 MB/s with answers that take 80 ms. */
export const MOST = 32;

/**
 * Waits up to so many times the quickest, plus some for chance, count as no waiting in line. Generous: measured on a busy
 * computer, 1.5 times and 4 ms ended at four requests where sixteen brought twice as much; a decision that has to wait
 * behind them for a tenth of a second is not noticed.
 */
const TOLERANCE = 3;
const CHANCE = 20;
/** By how much the quickest wait may have grown from round to round: little, or requests that only wait for each other
 * would seem to be what the line needs. */
const FORGETTING = 1.002;

const NO_ROUND: Concurrency['round'] = { answers: 0, waited: 0, quickest: Number.POSITIVE_INFINITY };
export const START: Concurrency = { limit: FIRST, quickest: null, round: NO_ROUND, settling: 0 };

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** After an answer whose first byte came `wait` ms after it was asked for. */
export function answered(now: Concurrency, wait: number): Concurrency {
  const round = {
    answers: now.round.answers + 1,
    waited: now.round.waited + wait,
    quickest: Math.min(now.round.quickest, wait),
  };
  const settling = Math.max(0, now.settling - 1);
  if (round.answers < now.limit) return { ...now, round, settling };
  const quickest = now.quickest === null ? round.quickest : Math.min(round.quickest, now.quickest * FORGETTING);
  const mean = round.waited / round.answers;
  const gradient = mean <= 0 ? 1 : within((quickest * TOLERANCE + CHANCE) / mean, 0.5, 1);
  const limit = within(now.limit * gradient + Math.sqrt(now.limit), FEWEST, MOST);
  return { limit, quickest, round: NO_ROUND, settling };
}

/**
 * After a timeout, a broken connection, or an answer that says that it is too much: half as many, once a burst. The line
 * may be another one now, so its quickest answer is learnt anew.
 */
export function refused(now: Concurrency): Concurrency {
  if (now.settling > 0) return { ...now, settling: now.settling - 1 };
  const limit = within(now.limit / 2, FEWEST, MOST);
  return { limit, quickest: null, round: NO_ROUND, settling: Math.floor(now.limit) - 1 };
}

/** How many requests may be under way. */
export function allowed({ limit }: Concurrency): number {
  return Math.floor(limit);
}
