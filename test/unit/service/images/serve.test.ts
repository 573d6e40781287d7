import { describe, expect, it } from 'vitest';
import { matches, rangeOf } from '../../../../service/images/serve.ts';

describe('rangeOf', () => {
  it.each([
    [undefined, 'whole'],
    ['', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=99-', { from: 99, to: 99 }],
    ['bytes=100-', 'outside'],
    ['bytes=-1', { from: 99, to: 99 }],
    ['bytes=-500', { from: 0, to: 99 }],
    ['bytes=-0', 'outside'],
    ['bytes=50-40', 'whole'],
    ['bytes=50-400', { from: 50, to: 99 }],
    ['bytes=1-2,4-5', 'whole'],
    ['BYTES=1-2', 'whole'],
    ['bytes=99999999999999999999-', 'outside'],
  ])('%s of 100 bytes', (header, expected) => {
    expect(rangeOf(header, 100)).toEqual(expected);
  });
});

describe('matches', () => {
  it('compares weakly, in lists, and takes * for any', () => {
    expect(matches('"a"', '"a"')).toBe(true);
    expect(matches('"b", W/"a"', '"a"')).toBe(true);
    expect(matches('*', '"a"')).toBe(true);
    expect(matches('a', '"a"')).toBe(false);
    expect(matches(undefined, '"a"')).toBe(false);
  });
});
