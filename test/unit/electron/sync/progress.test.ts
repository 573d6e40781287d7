import { expect, test } from 'vitest';
import { look, type Pace, timeLeft } from '../../../../electron/sync/progress.ts';

const steady = (seconds: number, perSecond: number): Pace => {
  let pace: Pace = [];
  for (let second = 0; second <= seconds; second += 1) pace = look(pace, second * 1000, second * perSecond);
  return pace;
};

test('at a steady pace the time left is what is left divided by it', () => {
  expect(timeLeft(steady(5, 100), 1000)).toBe(10_000);
});

test('nothing is said before there is something to say', () => {
  expect(timeLeft([], 10)).toBeNull();
  expect(timeLeft(look([], 0, 0), 10)).toBeNull();
  expect(timeLeft(look(look([], 0, 5), 5000, 5), 10)).toBeNull();
  expect(timeLeft(steady(5, 100), 0)).toBe(0);
});

test('a change of pace is noticed within ten seconds, and old looks are not kept', () => {
  let pace = steady(60, 1000);
  expect(pace.length).toBeLessThanOrEqual(12);
  for (let second = 61; second <= 72; second += 1) pace = look(pace, second * 1000, 60_000 + (second - 60) * 10);
  expect(timeLeft(pace, 100)).toBeGreaterThanOrEqual(9_000);
});
