import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourShare } from '../../../../shared/checks/colour.ts';
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
