import { describe, expect, it } from 'vitest';
import { rhythmOf } from '../../../shared/rhythm.ts';

const MINUTE = 60_000;
const every = (minutes: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => from + index * minutes * MINUTE);

describe('the rhythm of a day', () => {
  it('is not told before there is enough to tell', () => {
    expect(rhythmOf([], 10, 0)).toEqual({ done: 0, perHour: null, endsAt: null });
    expect(rhythmOf(every(2, 4), 10, 0)).toEqual({ done: 4, perHour: null, endsAt: null });
    expect(rhythmOf(every(0, 9), 10, 0).perHour).toBeNull();
  });

  it('is the pace, and the end at that pace', () => {
    expect(rhythmOf(every(3, 11), 20, 30 * MINUTE)).toEqual({ done: 11, perHour: 20, endsAt: 90 * MINUTE });
  });

  it('is not distorted by breaks, however long', () => {
    const morning = every(3, 11);
    for (const lunch of [11, 60, 600]) {
      const day = [...morning, ...every(3, 11, (30 + lunch) * MINUTE)];
      expect(rhythmOf(day, 0, 0)).toMatchObject({ done: 22, perHour: 20 });
    }
  });

  it('does not depend on the order in which the times come', () => {
    const made = [...every(2, 6), ...every(5, 6, 40 * MINUTE)];
    expect(rhythmOf([...made].reverse(), 5, 0)).toEqual(rhythmOf(made, 5, 0));
  });

  it('knows when nothing is left', () => {
    expect(rhythmOf(every(3, 11), 0, 77).endsAt).toBe(77);
  });
});
