import { array, assert, constantFrom, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import {
  allowed,
  answered,
  type Concurrency,
  FEWEST,
  MOST,
  refused,
  START,
} from '../../../../electron/images/concurrency.ts';

const after = (from: Concurrency, waits: readonly number[]): Concurrency => waits.reduce(answered, from);
const same = (wait: number, times: number) => Array.from({ length: times }, () => wait);

test('it stays within its bounds, whatever happens', () => {
  const wait = double({ min: 0, max: 60_000, noNaN: true });
  assert(
    property(array(constantFrom('answer', 'refusal')), array(wait, { minLength: 1 }), (events, waits) => {
      let now = START;
      for (const [index, event] of events.entries()) {
        now = event === 'answer' ? answered(now, waits[index % waits.length] ?? 0) : refused(now);
        expect(allowed(now)).toBeGreaterThanOrEqual(FEWEST);
        expect(allowed(now)).toBeLessThanOrEqual(MOST);
      }
    }),
  );
});

test('answers that come as soon as ever never lower it, and raise it to the most', () => {
  assert(
    property(double({ min: 0.1, max: 5_000, noNaN: true }), (wait) => {
      let now = START;
      for (let round = 0; round < 400; round += 1) {
        const next = answered(now, wait);
        expect(next.limit).toBeGreaterThanOrEqual(now.limit);
        now = next;
      }
      expect(allowed(now)).toBe(MOST);
    }),
  );
});

test('a refusal never raises it, and one burst counts once', () => {
  const wide = after(START, same(30, 400));
  const once = refused(wide);
  expect(once.limit).toBe(wide.limit / 2);
  const burst = Array.from({ length: MOST - 1 }).reduce((now: Concurrency) => refused(now), once);
  expect(burst.limit).toBe(once.limit);
  expect(refused(burst).limit).toBeLessThan(once.limit);
});

test('refusals alone lead to one at a time; afterwards it recovers', () => {
  const least = Array.from({ length: 400 }).reduce((now: Concurrency) => refused(now), START);
  expect(allowed(least)).toBe(FEWEST);
  expect(allowed(after(least, same(20, 400)))).toBe(MOST);
});

test('when answers wait in line it settles well below the most, and above one', () => {
  // A service that carries out one request at a time, each 25 ms; the first ones find it idle.
  let now = START;
  for (let place = 1; place < 2_000; place += 1) now = answered(now, 25 * Math.min(place, allowed(now)));
  expect(allowed(now)).toBeLessThan(MOST / 2);
  expect(allowed(now)).toBeGreaterThan(1);
});

test('another, slower line is learnt after the first one broke', () => {
  const near = after(START, same(2, 400));
  const far = after(refused(near), same(200, 800));
  expect(far.quickest).toBe(200);
  expect(allowed(far)).toBe(MOST);
});
