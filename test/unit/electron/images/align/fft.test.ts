import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field, phaseCorrelate, transform } from '../../../../../electron/images/align/fft.ts';
import { stream } from '../../../../../service/sample/random.ts';

const noise = (side: number, seed: number) => {
  const random = stream(seed, 'fft');
  return Float64Array.from({ length: side * side }, () => random.int(0, 255));
};

describe('transform', () => {
  it('is the discrete Fourier transform by its definition', () => {
    const side = 8;
    const values = noise(side, 1);
    const quick = field(side);
    quick.re.set(values);
    transform(quick);
    for (const [v, u] of [
      [0, 0],
      [1, 0],
      [3, 5],
      [7, 2],
    ] as const) {
      let [re, im] = [0, 0];
      for (let y = 0; y < side; y += 1) {
        for (let x = 0; x < side; x += 1) {
          const angle = (-2 * Math.PI * (u * x + v * y)) / side;
          re += (values[y * side + x] ?? 0) * Math.cos(angle);
          im += (values[y * side + x] ?? 0) * Math.sin(angle);
        }
      }
      expect(quick.re[v * side + u]).toBeCloseTo(re, 6);
      expect(quick.im[v * side + u]).toBeCloseTo(im, 6);
    }
  });

  it('comes back by its inverse', () => {
    const values = noise(64, 2);
    const there = field(64);
    there.re.set(values);
    transform(there);
    transform(there, true);
    for (const [index, value] of values.entries()) {
      expect(there.re[index]).toBeCloseTo(value, 8);
      expect(there.im[index]).toBeCloseTo(0, 8);
    }
  });

  it('takes no side that is not a power of two', () => {
    expect(() => transform(field(48))).toThrow(RangeError);
  });
});

describe('phaseCorrelate', () => {
  it('finds by how much a field was moved around', () => {
    const side = 32;
    const a = noise(side, 3);
    fc.assert(
      fc.property(fc.integer({ min: -15, max: 15 }), fc.integer({ min: -15, max: 15 }), (dx, dy) => {
        const b = Float64Array.from(a, (_, i) => {
          const [x, y] = [(i % side) - dx, Math.floor(i / side) - dy];
          return a[((y + side) % side) * side + ((x + side) % side)] ?? 0;
        });
        const [found] = phaseCorrelate(a, b, side, 1);
        expect(found?.x).toBeCloseTo(dx, 3);
        expect(found?.y).toBeCloseTo(dy, 3);
        expect(found?.strength).toBeCloseTo(1, 6);
      }),
      { numRuns: 20 },
    );
  });
});
