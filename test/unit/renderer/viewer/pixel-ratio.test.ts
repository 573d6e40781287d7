import { describe, expect, it } from 'vitest';
import { type Screen, watchPixelRatio } from '../../../../renderer/viewer/pixel-ratio.ts';

/** A window that can be moved between screens. */
function movable(start: number) {
  const queries = new Map<string, EventTarget>();
  const screen = {
    devicePixelRatio: start,
    matchMedia: (query: string) => {
      const target = queries.get(query) ?? new EventTarget();
      queries.set(query, target);
      return target;
    },
  };
  return {
    screen: screen as unknown as Screen,
    moveTo: (ratio: number) => {
      const before = queries.get(`(resolution: ${screen.devicePixelRatio}dppx)`);
      screen.devicePixelRatio = ratio;
      before?.dispatchEvent(new Event('change'));
    },
  };
}

describe('watchPixelRatio', () => {
  it('tells each move between screens, until it is stopped', () => {
    const { screen, moveTo } = movable(1);
    const told: number[][] = [];
    const stop = watchPixelRatio(screen, (from, to) => told.push([from, to]));
    moveTo(1.5);
    moveTo(2);
    moveTo(1);
    expect(told).toEqual([
      [1, 1.5],
      [1.5, 2],
      [2, 1],
    ]);
    stop();
    moveTo(2);
    expect(told).toHaveLength(3);
  });
});
