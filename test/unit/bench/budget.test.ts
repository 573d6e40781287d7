import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveOf, movesOf, nameOf, Recorded, recordedWith } from '../../bench/budget.ts';
import { compare, type Line, noiseOf } from '../../bench/measure.ts';

const WHEN = { at: '2026-03-10T01:00:00.000Z', load: 1, cores: 2 };
const lineOf = (ours: readonly number[], unit = 'ms', bench = 'start'): Line =>
  compare(bench, unit, ours, { hello: [100, 100, 100] });

test('a figure has moved when it differs by more than both runs do by themselves', () => {
  const steady = { ratio: 1, noise: 0.02 };
  expect(moveOf(steady, { ratio: 1.2, noise: 0.02 }, 'ms')).toMatchObject({ moved: 'worse', noise: 0.05 });
  expect(moveOf(steady, { ratio: 0.8, noise: 0.02 }, 'ms').moved).toBe('better');
  expect(moveOf(steady, { ratio: 1.04, noise: 0 }, 'ms').moved).toBe('same');
  expect(moveOf(steady, { ratio: 1.2, noise: 0.3 }, 'ms').moved).toBe('same');
  expect(moveOf({ ratio: 1, noise: 0.3 }, { ratio: 1.2, noise: 0 }, 'ms').moved).toBe('same');
});

test('of speeds more is better', () => {
  expect(moveOf({ ratio: 0.5, noise: 0 }, { ratio: 0.8, noise: 0 }, 'MB/s').moved).toBe('better');
  expect(moveOf({ ratio: 0.5, noise: 0 }, { ratio: 0.4, noise: 0 }, 'pictures/s on one core').moved).toBe('worse');
});

test('what went one way comes back the other way', () => {
  const figure = fc.record({
    ratio: fc.double({ min: 0.01, max: 100, noNaN: true }),
    noise: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const back = { better: 'worse', worse: 'better', same: 'same' } as Record<string, string>;
  fc.assert(
    fc.property(figure, figure, (one, other) => {
      expect(moveOf(other, one, 'ms').moved).toBe(back[moveOf(one, other, 'ms').moved]);
    }),
  );
});

test('the noise is that of a median: values as wide apart, four times as many, half of it', () => {
  const few = [90, 95, 100, 105, 110];
  expect(noiseOf([100, 100, 100])).toBe(0);
  expect(noiseOf(few) / noiseOf([...few, ...few, ...few, ...few])).toBeCloseTo(2);
});

test('a run is compared with what was recorded of the same, and recorded in its place', () => {
  const first = recordedWith({}, [lineOf([200, 200, 200]), lineOf([50, 50, 50], 'MB', 'memory.idle')], WHEN);
  expect(Recorded.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
  const run = [lineOf([150, 150, 150]), lineOf([50, 50, 50], 'ms', 'next')];
  expect(movesOf(first, run)).toMatchObject([
    { budget: 'start', anchor: 'hello', recorded: 2, now: 1.5, moved: 'better' },
    { budget: 'next', anchor: 'hello', recorded: null, moved: 'new' },
  ]);
  const second = recordedWith(first, run, WHEN);
  expect(Object.keys(second)).toEqual(['memory.idle', 'next', 'start']);
  expect(second.start?.figures.hello?.ratio).toBe(1.5);
});

test('the queue’s questions are told apart by how many submissions they were asked of', () => {
  expect(nameOf({ ...lineOf([1], 'ms', 'queue.page'), count: 5_000 })).toBe('queue.page@5000');
  expect(nameOf({ ...lineOf([1]), count: 5_000 })).toBe('start');
});
