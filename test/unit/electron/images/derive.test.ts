import sharp from 'sharp';
import { expect, test } from 'vitest';
import { derive } from '../../../../electron/images/derive.ts';

const WIDTH = 900;
const HEIGHT = 600;

/** A page with some colour on it. */
function page(channels: 3 | 4 = 3): sharp.Sharp {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * channels, 245);
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) {
    const x = at % WIDTH;
    if (x < WIDTH / 4) pixels.set([200, 20, 30], at * channels);
    if (channels === 4) pixels[at * channels + 3] = x % 2 === 0 ? 255 : 128;
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

test('a JPEG: size, colour, decodes whole, small rendition in proportion', async () => {
  const bytes = await page().jpeg().toBuffer();
  const { facts, small } = await derive(bytes);
  expect(facts).toMatchObject({
    bytes: bytes.length,
    format: 'jpeg',
    width: WIDTH,
    height: HEIGHT,
    orientation: 1,
    decodes: 'whole',
  });
  expect(facts.colour).toBeGreaterThan(0.2);
  expect(facts.colour).toBeLessThan(0.35);
  expect(await sharp(small ?? new Uint8Array()).metadata()).toMatchObject({ format: 'jpeg', width: 480, height: 320 });
});

test('EXIF orientation is told, and applied in the small rendition as a browser would', async () => {
  const bytes = await page().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const { facts, small } = await derive(bytes);
  expect(facts).toMatchObject({ width: WIDTH, height: HEIGHT, orientation: 6, decodes: 'whole' });
  const shown = await sharp(small ?? new Uint8Array()).metadata();
  expect(shown).toMatchObject({ width: 320, height: 480 });
  expect(shown.orientation ?? 1).toBe(1);
  // The red quarter was on the left; turned by 90° clockwise it is at the top.
  const { data, info } = await sharp(small ?? new Uint8Array())
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(data[(10 * info.width + 160) * info.channels + 1]).toBeLessThan(80);
  expect(data[(400 * info.width + 160) * info.channels + 1]).toBeGreaterThan(200);
});

test('a PNG with transparency and a 16-bit one decode', async () => {
  expect((await derive(await page(4).png().toBuffer())).facts).toMatchObject({ format: 'png', decodes: 'whole' });
  const deep = await page().toColourspace('rgb16').png().toBuffer();
  expect((await derive(deep)).facts).toMatchObject({ format: 'png', decodes: 'whole' });
});

test('a monochrome file has no colour', async () => {
  const { facts } = await derive(await page().greyscale().jpeg().toBuffer());
  expect(facts).toMatchObject({ decodes: 'whole', colour: 0 });
});

test.each(['jpeg', 'png'] as const)(
  'a truncated %s is told from a whole one and has no small rendition',
  async (format) => {
    const bytes = await page().toFormat(format, { compressionLevel: 0 }).toBuffer();
    const { facts, small } = await derive(bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    expect(facts).toMatchObject({ format, width: WIDTH, height: HEIGHT, decodes: 'truncated' });
    expect(small).toBeNull();
  },
);

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('this is not a picture')],
  ['a page', Buffer.from('<!doctype html><svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
])('%s is some other file', async (_name, bytes) => {
  expect(await derive(bytes)).toEqual({
    facts: { bytes: bytes.length, format: 'other', width: 0, height: 0, orientation: 1, decodes: 'none', colour: 0 },
    small: null,
  });
});

test('only a head of a JPEG shows nothing', async () => {
  const { facts } = await derive(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]));
  expect(facts).toMatchObject({ format: 'jpeg', decodes: 'none' });
});
