/** What a benchmark prints, one JSON line each. */
export type Line = {
  readonly bench: string;
  readonly unit: string;
  readonly ours: number;
  readonly anchors: Readonly<Record<string, number>>;
  /** Ours by each anchor. */
  readonly ratios: Readonly<Record<string, number>>;
  /** By how much, as a share of it, each ratio may differ in another run of the same: see `noiseOf`. */
  readonly noise: Readonly<Record<string, number>>;
  readonly rounds: number;
  /** Further figures: percentiles, what else was seen. */
  readonly [more: string]: unknown;
};

/** The values, smallest first. */
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

/**
 * The value below which a share of the values lies (nearest rank).
 * @param share 0 to 1
 * @throws RangeError without values
 */
export function quantile(values: readonly number[], share: number): number {
  const value = sorted(values)[Math.max(0, Math.ceil(share * values.length) - 1)];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}

/** The middle value, or the mean of both. */
export function median(values: readonly number[]): number {
  const order = sorted(values);
  const half = order.length / 2;
  return (quantile(order, 0.5) + (order[Math.floor(half)] ?? quantile(order, 0.5))) / 2;
}

/**
 * By what share of itself the median of such values may differ in another run, nineteen times out of twenty: twice its
 * standard error, from the 10th and 90th percentile because a busy computer makes long tails.
 */
export function noiseOf(values: readonly number[]): number {
  const deviation = (quantile(values, 0.9) - quantile(values, 0.1)) / 2.563;
  return (2 * 1.2533 * deviation) / Math.sqrt(values.length) / median(values);
}

const figures = (value: number) => Number(value.toPrecision(4));

/** A line from all the values that were measured: medians, the 99th percentile and the spread of ours. */
export function compare(
  bench: string,
  unit: string,
  ours: readonly number[],
  anchors: Readonly<Record<string, readonly number[]>>,
  more: Readonly<Record<string, unknown>> = {},
): Line {
  const middle = median(ours);
  const medians = Object.entries(anchors).map(([name, values]) => [name, median(values)] as const);
  return {
    bench,
    unit,
    ours: figures(middle),
    anchors: Object.fromEntries(medians.map(([name, value]) => [name, figures(value)])),
    ratios: Object.fromEntries(medians.map(([name, value]) => [name, figures(middle / value)])),
    noise: Object.fromEntries(
      Object.entries(anchors).map(([name, values]) => [name, figures(Math.hypot(noiseOf(ours), noiseOf(values)))]),
    ),
    rounds: ours.length,
    oursP10: figures(quantile(ours, 0.1)),
    oursP90: figures(quantile(ours, 0.9)),
    oursP99: figures(quantile(ours, 0.99)),
    ...more,
  };
}

/** Milliseconds since some instant, on the one clock that all threads and processes of this computer share. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** How long work takes, ms. */
export function timed(work: () => unknown): number {
  const began = clock();
  work();
  return clock() - began;
}

/** Runs the contestants in turn, so that what else the computer does meets all of them. */
export async function interleave<Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, (round: number) => number | Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contestants) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) values[name].push(await contestants[name](round));
  }
  return values;
}
