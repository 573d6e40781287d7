import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff, FIRST_WAIT, LONGEST_WAIT } from '../../../../electron/outbox/backoff.ts';

test('the wait grows with the failures and stays between half and the whole of its ceiling', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const wait = backoff(failures, random);
        expect(wait).toBeGreaterThanOrEqual(FIRST_WAIT / 2);
        expect(wait).toBeLessThanOrEqual(LONGEST_WAIT);
        expect(backoff(failures + 1, random)).toBeGreaterThanOrEqual(wait);
      },
    ),
  );
});

test('the first wait is short, the longest is reached and random spreads it', () => {
  expect(backoff(1, 0)).toBe(500);
  expect(backoff(20, 0)).toBe(LONGEST_WAIT / 2);
  expect(backoff(20, 0.999_999)).toBe(LONGEST_WAIT);
});
