import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf, tableOf } from '../../../shared/agreement.ts';

/** κ, its asymptotic standard error and its 95 % interval as other implementations print them. */
const PUBLISHED = [
  {
    // SAS/STAT User's Guide, The FREQ Procedure, "Agreement Study", skin condition rated by two dermatologists.
    source: 'SAS PROC FREQ',
    table: [
      [10, 4, 1, 0],
      [5, 10, 12, 2],
      [2, 4, 12, 5],
      [0, 2, 6, 13],
    ],
    kappa: 0.3449,
    error: 0.0724,
    interval: { low: 0.203, high: 0.4868 },
  },
  {
    // statsmodels, stats/tests/test_inter_rater.py, `table10`: a printout of SAS that cohens_kappa is held against.
    source: 'statsmodels cohens_kappa',
    table: [
      [0, 4, 1],
      [0, 8, 0],
      [0, 1, 5],
    ],
    kappa: 0.4842,
    error: 0.138,
    interval: { low: 0.2137, high: 0.7547 },
  },
  {
    // R package vcd, Kappa(SexualFun): data of Hout, Duncan and Sobel (1987), in Agresti, Categorical Data Analysis.
    source: 'R vcd::Kappa',
    table: [
      [7, 7, 2, 3],
      [2, 8, 3, 7],
      [1, 5, 4, 9],
      [2, 8, 9, 14],
    ],
    kappa: 0.1293,
    error: 0.0686,
    interval: null,
  },
] as const;

describe('Cohen’s κ', () => {
  it.each(PUBLISHED)('is that of $source', ({ table, kappa, error, interval }) => {
    const found = agreementOf(table);
    expect(found.kappa).toBeCloseTo(kappa, 4);
    expect(found.error).toBeCloseTo(error, 4);
    if (interval) {
      expect(found.interval?.low).toBeCloseTo(interval.low, 4);
      expect(found.interval?.high).toBeCloseTo(interval.high, 4);
    }
  });

  it('has no value where there is nothing to compare', () => {
    expect(agreementOf([[0]])).toEqual({ n: 0, agreed: 0, percent: null, kappa: null, error: null, interval: null });
    const alike = [
      [5, 0],
      [0, 0],
    ];
    expect(agreementOf(alike)).toMatchObject({ n: 5, percent: 100, kappa: null, interval: null });
    expect(() => agreementOf([[1, 2]])).toThrow(RangeError);
  });

  const cells = fc.integer({ min: 0, max: 40 });
  const tables = fc.array(fc.array(cells, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });

  it('is the same whoever is called the first, and lies within its interval, from -1 to 1', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const found = agreementOf(table);
        const turned = agreementOf(table.map((_, row) => table.map((other) => other[row] ?? 0)));
        if (found.kappa === null || found.interval === null) return;
        expect(turned.kappa).toBeCloseTo(found.kappa, 10);
        expect(turned.error).toBeCloseTo(found.error ?? Number.NaN, 10);
        expect(found.interval.low).toBeLessThanOrEqual(found.kappa);
        expect(found.interval.high).toBeGreaterThanOrEqual(found.kappa);
        expect(found.interval.low).toBeGreaterThanOrEqual(-1);
        expect(found.interval.high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is 1 where both always agree, by more than one word', () => {
    const both = agreementOf([
      [3, 0],
      [0, 4],
    ]);
    expect(both).toMatchObject({ n: 7, agreed: 7, percent: 100, kappa: 1, error: 0, interval: { low: 1, high: 1 } });
  });
});

it('pairs are counted into the table by their words', () => {
  const pairs = [
    { first: 'a', second: 'b' },
    { first: 'a', second: 'b' },
    { first: 'b', second: 'b' },
  ] as const;
  expect(tableOf(['a', 'b'], pairs)).toEqual([
    [0, 2],
    [0, 1],
  ]);
});
