import { assert, maxSafeNat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { roomFor } from '../../../../electron/images/space.ts';

test('what is left free on the disk is never promised, and the budget never exceeded', () => {
  assert(
    property(maxSafeNat(), maxSafeNat(), maxSafeNat(), maxSafeNat(), (size, free, used, budget) => {
      const { bytes } = roomFor({ size, free }, used, budget);
      expect(bytes).toBeGreaterThanOrEqual(0);
      expect(bytes).toBeLessThanOrEqual(Math.max(0, free - Math.min(1e9, size * 0.05)));
      expect(bytes).toBeLessThanOrEqual(Math.max(0, budget - used));
    }),
  );
});

test('it says which of the two ends it', () => {
  const disk = { size: 100e9, free: 1.5e9 };
  expect(roomFor(disk, 0, 8e9)).toEqual({ bytes: 0.5e9, end: 'store.space' });
  expect(roomFor({ ...disk, free: 50e9 }, 7e9, 8e9)).toEqual({ bytes: 1e9, end: 'store.budget' });
  expect(roomFor({ ...disk, free: 0.9e9 }, 9e9, 8e9).bytes).toBe(0);
});
