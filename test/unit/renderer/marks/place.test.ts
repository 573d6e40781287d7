import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPane, toPicture } from '../../../../renderer/marks/place.ts';
import { type Hold, turnedSize, UPRIGHT } from '../../../../renderer/viewer/viewport.ts';

const natural = { width: 1600, height: 1200 };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const holds = fc.record({
  turn: fc.constantFrom<Hold['turn']>(0, 90, 180, 270),
  mirrored: fc.boolean(),
  tilt: fc.constantFrom(-4.5, 0, 0.5, 12),
  adjust: fc.constant(null),
});
const views = fc.record({
  scale: fc.double({ min: 0.05, max: 8, noNaN: true }),
  x: fc.integer({ min: -5000, max: 500 }),
  y: fc.integer({ min: -5000, max: 500 }),
});
const lookOf = (hold: Hold, view = { scale: 1, x: 0, y: 0 }) => ({
  natural,
  content: turnedSize(natural, hold.turn),
  hold,
  view,
});

describe('a place of a picture', () => {
  it('is the same again from where it lies in the pane, however the picture is held and zoomed', () => {
    fc.assert(
      fc.property(share, share, holds, views, (x, y, hold, view) => {
        const look = lookOf(hold, view);
        const back = toPicture(look, toPane(look, { x, y }));
        expect(back.x).toBeCloseTo(x, 6);
        expect(back.y).toBeCloseTo(y, 6);
      }),
    );
  });

  it('follows turn and mirror as the picture does', () => {
    const topLeft = { x: 0, y: 0 };
    expect(toPane(lookOf(UPRIGHT), topLeft)).toEqual({ x: 0, y: 0 });
    const turned = toPane(lookOf({ ...UPRIGHT, turn: 90 }), topLeft);
    expect([turned.x, turned.y].map(Math.round)).toEqual([1200, 0]);
    expect(toPane(lookOf({ ...UPRIGHT, mirrored: true }), topLeft)).toEqual({ x: 1600, y: 0 });
    const both = toPane(lookOf({ ...UPRIGHT, turn: 90, mirrored: true }), topLeft);
    expect([both.x, both.y].map(Math.round)).toEqual([0, 0]);
  });

  it('follows zoom and movement', () => {
    const look = lookOf(UPRIGHT, { scale: 0.5, x: 20, y: -10 });
    expect(toPane(look, { x: 0.5, y: 0.5 })).toEqual({ x: 420, y: 290 });
  });
});
