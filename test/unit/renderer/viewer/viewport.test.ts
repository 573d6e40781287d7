import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coverSize,
  fitWhole,
  fitWidth,
  fromRelative,
  type Hold,
  MAX_SCALE,
  MIN_SCALE,
  mirror,
  onPixels,
  outgrows,
  seenTilt,
  settle,
  tilePlace,
  tileSize,
  tiltBy,
  toRelative,
  turnBy,
  turnedSize,
  UPRIGHT,
  zoomPercent,
  zoomTo,
} from '../../../../renderer/viewer/viewport.ts';

const length = (min: number, max: number) => fc.integer({ min, max });
const size = fc.record({ width: length(200, 4000), height: length(200, 4000) });
const pane = fc.record({ width: length(100, 2000), height: length(100, 1400) });
const ratio = fc.constantFrom(1, 1.25, 1.5, 2);

describe('fitWhole', () => {
  it('shows the whole picture, centred and never enlarged', () => {
    fc.assert(
      fc.property(size, pane, ratio, (content, room, pixelRatio) => {
        const { scale, x, y } = fitWhole(content, room, pixelRatio);
        expect(scale).toBeLessThanOrEqual(1 / pixelRatio);
        expect(content.width * scale).toBeLessThanOrEqual(room.width + 1e-6);
        expect(content.height * scale).toBeLessThanOrEqual(room.height + 1e-6);
        expect(x * 2 + content.width * scale).toBeCloseTo(room.width, 6);
        expect(y * 2 + content.height * scale).toBeCloseTo(room.height, 6);
      }),
    );
  });
});

describe('outgrows', () => {
  const picture = { width: 1200, height: 1600 };

  it('keeps the small rendition while its long side has enough pixels of the screen', () => {
    expect(outgrows(480, picture, 480 / 1600, 1)).toBe(false);
    expect(outgrows(480, picture, 481 / 1600, 1)).toBe(true);
  });

  it('counts device pixels, so that a sharp screen needs the whole picture earlier', () => {
    expect(outgrows(480, picture, 0.2, 1)).toBe(false);
    expect(outgrows(480, picture, 0.2, 2)).toBe(true);
  });
});

describe('fitWidth', () => {
  it('fills the width and starts at the top', () => {
    const view = fitWidth({ width: 1000, height: 4000 }, { width: 500, height: 300 });
    expect(view).toEqual({ scale: 0.5, x: 0, y: 0 });
  });
});

describe('zoomTo', () => {
  it('keeps the point under the pointer while the picture is larger than the pane', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 0.7, noNaN: true }),
        fc.double({ min: 0.3, max: 0.7, noNaN: true }),
        (u, v) => {
          const content = { width: 2000, height: 2000 };
          const room = { width: 500, height: 500 };
          const before = settle({ scale: 1, x: -700, y: -800 }, content, room);
          const at = { x: 500 * u, y: 500 * v };
          const after = zoomTo(before, 1.5, at, content, room);
          expect((at.x - after.x) / after.scale).toBeCloseTo((at.x - before.x) / before.scale, 6);
          expect((at.y - after.y) / after.scale).toBeCloseTo((at.y - before.y) / before.scale, 6);
        },
      ),
    );
  });

  it('stays within the zoom limits and never leaves the pane empty', () => {
    fc.assert(
      fc.property(size, pane, fc.double({ min: 0.001, max: 50, noNaN: true }), (content, room, wanted) => {
        const view = zoomTo(fitWhole(content, room, 1), wanted, { x: 10, y: 10 }, content, room);
        expect(view.scale).toBeGreaterThanOrEqual(MIN_SCALE);
        expect(view.scale).toBeLessThanOrEqual(MAX_SCALE);
        for (const [offset, shown, along] of [
          [view.x, content.width * view.scale, room.width],
          [view.y, content.height * view.scale, room.height],
        ] as const) {
          if (shown > along) {
            expect(offset).toBeLessThanOrEqual(1e-6);
            expect(offset + shown).toBeGreaterThanOrEqual(along - 1e-6);
          } else expect(offset).toBeCloseTo((along - shown) / 2, 6);
        }
      }),
    );
  });
});

describe('linked views', () => {
  it('come back unchanged from the same picture and pane', () => {
    fc.assert(
      fc.property(
        size,
        pane,
        ratio,
        fc.double({ min: 1, max: 6, noNaN: true }),
        (content, room, pixelRatio, factor) => {
          const whole = fitWhole(content, room, pixelRatio);
          const view = zoomTo(whole, whole.scale * factor, { x: 30, y: 20 }, content, room);
          const back = fromRelative(toRelative(view, content, room, pixelRatio), content, room, pixelRatio);
          expect(back.scale).toBeCloseTo(view.scale, 6);
          expect(back.x).toBeCloseTo(view.x, 4);
          expect(back.y).toBeCloseTo(view.y, 4);
        },
      ),
    );
  });
});

/** Where the corner (1, 1) of a held picture is seen: right-down positive. */
function corner({ turn, mirrored }: Hold): [number, number] {
  let [x, y] = [1, 1];
  for (let done = 0; done < turn; done += 90) [x, y] = [-y, x];
  return [mirrored ? -x : x, y];
}

describe('holds', () => {
  it('turn clockwise as seen, mirrored or not', () => {
    for (const start of [UPRIGHT, mirror(UPRIGHT), turnBy(UPRIGHT, 90), mirror(turnBy(UPRIGHT, 90))]) {
      const [x, y] = corner(start);
      const [turnedX, turnedY] = corner(turnBy(start, 90));
      expect([turnedX, turnedY]).toEqual([-y || 0, x]);
    }
  });

  it('four turns or two mirrors change nothing', () => {
    const once = turnBy(mirror(UPRIGHT), 90);
    expect(turnBy(turnBy(turnBy(turnBy(once, 90), 90), 90), 90)).toEqual(once);
    expect(mirror(mirror(once))).toEqual(once);
  });

  it('swap the sides of a picture that lies', () => {
    expect(turnedSize({ width: 3, height: 2 }, 90)).toEqual({ width: 2, height: 3 });
    expect(turnedSize({ width: 3, height: 2 }, 180)).toEqual({ width: 3, height: 2 });
  });
});

describe('zoomPercent', () => {
  it('counts device pixels', () => {
    expect(zoomPercent(1, 1)).toBe(100);
    expect(zoomPercent(0.5, 2)).toBe(100);
  });
});

describe('tiltBy', () => {
  it('turns as seen by half degrees, in a mirrored picture too, and back to where it was', () => {
    for (const start of [UPRIGHT, mirror(UPRIGHT), turnBy(mirror(UPRIGHT), 90)]) {
      const tilted = tiltBy(tiltBy(start, 1), 0.5);
      expect(seenTilt(tilted)).toBe(1.5);
      expect(seenTilt(mirror(tilted))).toBe(-1.5);
      expect(seenTilt(tiltBy(tilted, -1.5))).toBe(0);
      expect({ ...tilted, tilt: 0 }).toEqual(start);
    }
  });

  it('stays within what reading needs', () => {
    let hold: Hold = UPRIGHT;
    for (let press = 0; press < 100; press += 1) hold = tiltBy(hold, 1);
    expect(hold.tilt).toBe(20);
  });
});

describe('onPixels', () => {
  it('lays picture pixels on device pixels at 100 % and its multiples, and leaves other views alone', () => {
    fc.assert(
      fc.property(ratio, fc.integer({ min: 1, max: 4 }), length(-3000, 3000), (pixelRatio, times, offset) => {
        const view = { scale: times / pixelRatio, x: offset / 7, y: -offset / 3 };
        const { x, y, scale } = onPixels(view, pixelRatio);
        expect(scale).toBe(view.scale);
        expect(Math.abs(x * pixelRatio - Math.round(x * pixelRatio))).toBeLessThan(1e-6);
        expect(Math.abs(x - view.x) * pixelRatio).toBeLessThanOrEqual(0.5 + 1e-6);
        expect(Math.abs(y - view.y) * pixelRatio).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
    const between = { scale: 0.37, x: 0.2, y: 0.7 };
    expect(onPixels(between, 1)).toBe(between);
  });
});

describe('tiles', () => {
  it('lie on whole device px, less than one from where the picture is fitted', () => {
    fc.assert(
      fc.property(size, pane, ratio, (picture, room, pixelRatio) => {
        const view = fitWhole(picture, room, pixelRatio);
        const tile = tileSize(picture, view.scale, pixelRatio);
        const { x, y } = tilePlace(view, picture, tile, pixelRatio);
        expect(tile.width).toBeGreaterThan(0);
        expect(Math.abs(tile.width - picture.width * view.scale * pixelRatio)).toBeLessThanOrEqual(1);
        expect(x * pixelRatio).toBeCloseTo(Math.round(x * pixelRatio), 6);
        expect(y * pixelRatio).toBeCloseTo(Math.round(y * pixelRatio), 6);
        expect(Math.abs(x - view.x) * pixelRatio).toBeLessThanOrEqual(1);
        expect(Math.abs(y - view.y) * pixelRatio).toBeLessThanOrEqual(1);
      }),
    );
  });
  it('cover a frame on both sides and touch it on one', () => {
    fc.assert(
      fc.property(size, pane, ratio, (picture, frame, pixelRatio) => {
        const { width, height } = coverSize(picture, frame, pixelRatio);
        const over = [width - frame.width * pixelRatio, height - frame.height * pixelRatio];
        expect(Math.min(...over)).toBeGreaterThanOrEqual(-0.5);
        expect(Math.min(...over)).toBeLessThanOrEqual(0.5);
        expect(Math.abs(width / height - picture.width / picture.height)).toBeLessThan(
          (1 + picture.width / picture.height) / height,
        );
      }),
    );
  });
});
