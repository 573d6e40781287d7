import { describe, expect, it } from 'vitest';
import { type Eyes, looked, restDue } from '../../../../renderer/status/eyes.ts';

const MINUTE = 60_000;
const START: Eyes = { since: null, active: 0 };
/** Works from one minute to another, with something done every minute. */
const work = (from: number, to: number, eyes = START) => {
  let now = eyes;
  for (let minute = from; minute <= to; minute += 1) now = looked(now, minute * MINUTE);
  return now;
};

describe('eyes', () => {
  it('rest after 20 minutes of looking, or after 45', () => {
    expect(restDue(work(0, 19), 19 * MINUTE, 'short')).toBe(false);
    expect(restDue(work(0, 20), 20 * MINUTE, 'short')).toBe(true);
    expect(restDue(work(0, 20), 20 * MINUTE, 'long')).toBe(false);
    expect(restDue(work(0, 45), 45 * MINUTE, 'long')).toBe(true);
  });

  it('are never reminded when that is switched off, nor before anything was done', () => {
    expect(restDue(work(0, 90), 90 * MINUTE, 'off')).toBe(false);
    expect(restDue(START, 90 * MINUTE, 'short')).toBe(false);
  });

  it('have rested when nothing was done for a while', () => {
    const before = work(0, 19);
    expect(restDue(before, 23 * MINUTE, 'short')).toBe(false);
    const after = work(25, 30, before);
    expect(restDue(after, 30 * MINUTE, 'short')).toBe(false);
    expect(restDue(work(31, 45, after), 45 * MINUTE, 'short')).toBe(true);
  });
});
