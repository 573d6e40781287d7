import { expect, it } from 'vitest';
import { band } from '../../../../renderer/spot-check/band.ts';

it('κ is told in words at the customary limits', () => {
  expect([-0.2, 0, 0.01, 0.6, 0.61, 1].map(band)).toEqual(['chance', 'chance', 'some', 'some', 'good', 'good']);
});
