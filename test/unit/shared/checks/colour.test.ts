import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourShare, sampleColour } from '../../../../shared/checks/colour.ts';
import { MONOCHROME_BELOW } from '../../../../shared/checks/images.ts';

type Rgb = readonly [number, number, number];

/** A page of 100 × 100 pixels: paper, lines of ink, and a share of stamp. */
function page({ paper, ink, stamp, share }: { paper: Rgb; ink: Rgb; stamp: Rgb; share: number }): Uint8Array {
  const pixels = Array.from({ length: 10_000 }, (_, index) => {
    if (index < share * 10_000) return stamp;
    return index % 10 === 9 ? ink : paper;
  });
  return Uint8Array.from(pixels.flat());
}
const WHITE: Rgb = [245, 245, 245];
const BLACK: Rgb = [30, 30, 30];
const RED: Rgb = [200, 40, 40];

describe('share of colour', () => {
  it('is the share of pixels with visible colour', () => {
    expect(colourShare(page({ paper: WHITE, ink: BLACK, stamp: RED, share: 0.03 }), 3)).toBe(0.03);
  });

  it('is nothing for grey pages, also under warm or cold light', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 150, max: 255 }), fc.integer({ min: 150, max: 255 })),
        fc.integer({ min: 200, max: 255 }),
        ([red, blue], green) => {
          const light = (grey: number): Rgb => [(grey * red) / 255, (grey * green) / 255, (grey * blue) / 255];
          const grey = page({ paper: light(245), ink: light(30), stamp: light(120), share: 0.1 });
          expect(colourShare(grey, 3)).toBeLessThan(MONOCHROME_BELOW);
        },
      ),
    );
  });

  it('still sees a small red seal under warm light', () => {
    const warm = page({ paper: [245, 230, 200], ink: [30, 28, 25], stamp: [200, 50, 40], share: 0.005 });
    expect(colourShare(warm, 3)).toBeGreaterThanOrEqual(MONOCHROME_BELOW);
  });

  it('leaves transparency out, and takes a monochrome or empty file as colourless', () => {
    expect(colourShare(Uint8Array.from([200, 40, 40, 255, 245, 245, 245, 0]), 4)).toBe(0.5);
    expect(colourShare(Uint8Array.from([0, 128, 255]), 1)).toBe(0);
    expect(colourShare(new Uint8Array(), 3)).toBe(0);
  });
});

describe('sample for the share of colour', () => {
  it('keeps the colour of an even picture, whatever its size, and leaves transparency out', () => {
    const side = fc.integer({ min: 2, max: 40 });
    const value = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(side, side, fc.tuple(value, value, value), fc.constantFrom(3, 4), (width, height, rgb, channels) => {
        const pixels = Array.from({ length: width * height }, () => (channels === 3 ? rgb : [...rgb, 7]));
        const sample = sampleColour(Uint8Array.from(pixels.flat()), width, height, channels);
        expect(sample.length).toBe(3 * Math.ceil((width - 1) / 3) * Math.ceil((height - 1) / 3));
        expect(
          new Set(Array.from({ length: sample.length / 3 }, (_, at) => sample.slice(3 * at, 3 * at + 3).join())),
        ).toEqual(new Set([rgb.join()]));
      }),
    );
  });

  it('finds a seal in its place, and averages away what differs from pixel to pixel', () => {
    const [width, height] = [480, 360];
    const pixels = new Uint8Array(width * height * 3);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const sealed = x >= 300 && x < 330 && y >= 240 && y < 270;
        // Noise of one pixel, red and cyan by turns: far from grey each, grey together.
        const noise: Rgb = (x + y) % 2 === 0 ? [255, 190, 190] : [190, 255, 255];
        pixels.set(sealed ? RED : noise, 3 * (y * width + x));
      }
    }
    const share = colourShare(sampleColour(pixels, width, height, 3), 3);
    expect(share).toBeCloseTo(900 / (width * height), 3);
    expect(colourShare(pixels, 3)).toBeGreaterThan(0.9);
  });

  it('leaves nothing of a picture that is too narrow to average', () => {
    expect(sampleColour(new Uint8Array(30), 1, 10, 3)).toHaveLength(0);
  });
});
