import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averaged } from '../../../../electron/images/sample.ts';

test('a block of pixels becomes its mean, channel by channel', () => {
  const data = Uint8Array.from([0, 10, 20, 10, 20, 20, 20, 30, 20, 30, 40, 20]);
  expect(averaged({ data, width: 2, height: 2, channels: 3 }, 1)).toEqual({
    data: Uint8Array.from([15, 25, 20]),
    width: 1,
    height: 1,
    channels: 3,
  });
});

test('what is small enough stays as it is; what is left at the edges is dropped', () => {
  const data = Uint8Array.from([1, 3, 200, 5, 7, 200, 9, 9, 9]);
  const pixels = { data, width: 3, height: 3, channels: 1 };
  expect(averaged(pixels, 3).data).toBe(data);
  expect(averaged(pixels, 2)).toEqual({ data: Uint8Array.from([4]), width: 1, height: 1, channels: 1 });
});

test('of any size it fits, and stays between the darkest and the lightest pixel', () => {
  const size = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(size, size, fc.constantFrom(3, 4), size, (width, height, channels, side) => {
      const data = Uint8Array.from({ length: width * height * channels }, (_, at) => (at * 37) % 256);
      const small = averaged({ data, width, height, channels }, side);
      expect(Math.max(small.width, small.height)).toBeLessThanOrEqual(side);
      expect(small.data).toHaveLength(small.width * small.height * channels);
      const [least, most] = [Math.min(...data), Math.max(...data)];
      expect(small.data.every((value) => value >= least && value <= most)).toBe(true);
    }),
  );
});
