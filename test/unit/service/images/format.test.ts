import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../../../service/images/format.ts';
import { jpegBones, png } from '../../../factories/pictures.ts';

describe('inspect', () => {
  it('knows whole pictures', () => {
    expect(inspect(png(1))).toEqual({ ok: true, mime: 'image/png' });
    expect(inspect(jpegBones())).toEqual({ ok: true, mime: 'image/jpeg' });
    // Phones append a film or a depth map after the picture's end.
    expect(inspect(Buffer.concat([jpegBones(), Buffer.from('more')]))).toMatchObject({ ok: true });
  });

  it('reads from a view into a larger buffer', () => {
    const whole = png(1);
    const within = Buffer.concat([Buffer.alloc(7), whole, Buffer.alloc(3)]);
    expect(inspect(within.subarray(7, 7 + whole.length))).toMatchObject({ ok: true });
  });

  it('finds every cut', () => {
    for (const whole of [png(1), jpegBones()]) {
      for (let length = 8; length < whole.length; length += 1) {
        expect(inspect(whole.subarray(0, length))).toEqual({ ok: false, problem: 'image.corrupt' });
      }
    }
  });

  it('refuses pictures without size or beyond any phone’s', () => {
    expect(inspect(png(1, { width: 0 }))).toMatchObject({ ok: false });
    expect(inspect(jpegBones({ width: 60_000, height: 60_000 }))).toMatchObject({ ok: false });
  });

  it('ends on any bytes', () => {
    const beginnings = [Buffer.alloc(0), png(1).subarray(0, 8), png(1).subarray(0, 33), jpegBones().subarray(0, 4)];
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }), (start, rest) => {
        expect(typeof inspect(Buffer.concat([start, rest])).ok).toBe('boolean');
      }),
    );
  });
});
