import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inside, LOUPE, loupeScale, loupeView } from '../../../../renderer/viewer/loupe.ts';

const scale = fc.double({ min: 0.02, max: 8, noNaN: true });
const offset = fc.integer({ min: -4000, max: 4000 });
const ratio = fc.constantFrom(1, 1.25, 1.5, 2);

describe('loupeView', () => {
  it('has the point under the pointer in its middle', () => {
    fc.assert(
      fc.property(scale, offset, offset, offset, offset, ratio, (zoom, x, y, atX, atY, pixelRatio) => {
        const pane = { scale: zoom, x, y };
        const view = loupeView({ x: atX, y: atY }, pane, pixelRatio);
        const point = { x: (atX - x) / zoom, y: (atY - y) / zoom };
        expect(view.x + point.x * view.scale).toBeCloseTo(LOUPE.width / 2, 4);
        expect(view.y + point.y * view.scale).toBeCloseTo(LOUPE.height / 2, 4);
      }),
    );
  });

  it('shows each pixel of the picture as two by two of the screen, and never less than the pane does', () => {
    expect(loupeScale(0.3, 1)).toBe(2);
    expect(loupeScale(0.3, 1.25) * 1.25).toBe(2);
    expect(loupeScale(3, 2)).toBe(6);
  });
});

describe('inside', () => {
  it('keeps a point in the pane', () => {
    expect(inside({ x: -5, y: 900 }, { width: 600, height: 400 })).toEqual({ x: 0, y: 400 });
    expect(inside({ x: 5, y: 9 }, { width: 600, height: 400 })).toEqual({ x: 5, y: 9 });
  });
});
