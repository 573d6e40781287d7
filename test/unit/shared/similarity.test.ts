import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, degreesOf, inverse, move, scaleOf, similarity } from '../../../shared/similarity.ts';

const some = fc
  .tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), fc.integer({ min: -179, max: 180 }), fc.integer(), fc.integer())
  .map(([scale, degrees, x, y]) => ({ scale, degrees, way: similarity(scale, degrees, x % 5000, y % 5000) }));
const point = fc.record({ x: fc.integer({ min: -3000, max: 3000 }), y: fc.integer({ min: -3000, max: 3000 }) });

describe('a similarity', () => {
  it('has the scale and the turn that it was made of', () => {
    fc.assert(
      fc.property(some, ({ scale, degrees, way }) => {
        expect(scaleOf(way)).toBeCloseTo(scale, 9);
        const off = Math.abs(degreesOf(way) - degrees) % 360;
        expect(Math.min(off, 360 - off)).toBeLessThan(1e-6);
      }),
    );
  });

  it('turns clockwise as seen on a screen, where y goes down', () => {
    const { x, y } = move(similarity(2, 90, 10, 0), 1, 0);
    expect(x).toBeCloseTo(10, 9);
    expect(y).toBeCloseTo(2, 9);
  });

  it('follows another, and goes back', () => {
    fc.assert(
      fc.property(some, some, point, ({ way: outer }, { way: inner }, { x, y }) => {
        const there = move(inner, x, y);
        const further = move(outer, there.x, there.y);
        const both = move(after(outer, inner), x, y);
        expect(Math.hypot(both.x - further.x, both.y - further.y)).toBeLessThan(1e-3);
        const back = move(inverse(inner), there.x, there.y);
        expect(Math.hypot(back.x - x, back.y - y)).toBeLessThan(1e-3);
      }),
    );
  });

  it('that scales to nothing has no way back', () => {
    expect(() => inverse({ a: 0, b: 0, x: 1, y: 1 })).toThrow(RangeError);
  });
});
