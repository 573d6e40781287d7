import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleanDraft, cleanOrder } from '../../../../service/sample/draft.ts';
import type { Order, Spoil } from '../../../../service/sample/order.ts';
import { render } from '../../../../service/sample/render.ts';
import { type Slot, slotOf } from '../../../../shared/ids.ts';

const TODAY = '2026-03-02';
const { dossier } = cleanDraft(1, 0, TODAY);
const order = (slot: Slot, by: Partial<Order> = {}): Order => ({ ...cleanOrder(1, dossier, slot, 'first'), ...by });
const spoiled = (slot: Slot, ...spoils: Spoil[]) => render(order(slot, { spoils }));

const DIPLOMA = slotOf('M03', 1);

/** Mean levels of a small grey version, for comparing pictures. */
async function thumbnail(bytes: Buffer, change: (image: sharp.Sharp) => sharp.Sharp = (image) => image) {
  const upright = await change(sharp(bytes)).toBuffer();
  const { data } = await sharp(upright)
    .greyscale()
    .resize(48, 48, { fit: 'fill' })
    .normalise()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return data;
}

const distance = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;

/** Mean step between neighbouring pixels: falls when a picture is blurred. */
async function sharpness(bytes: Buffer): Promise<number> {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  let sum = 0;
  for (let at = 1; at < data.length; at++) if (at % info.width) sum += Math.abs((data[at] ?? 0) - (data[at - 1] ?? 0));
  return sum / data.length;
}

const mean = async (bytes: Buffer): Promise<number> => (await sharp(bytes).greyscale().stats()).channels[0]?.mean ?? 0;

describe('pictures', () => {
  let clean: Buffer;
  beforeAll(async () => {
    clean = await render(order(DIPLOMA));
  });

  it('are JPEGs of 60 to 200 KB and 1000 to 2000 pixels, the same for the same order', async () => {
    const { format, width, height, orientation } = await sharp(clean).metadata();
    expect(format).toBe('jpeg');
    expect(orientation).toBeUndefined();
    expect(Math.max(width, height)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(width, height)).toBeLessThanOrEqual(2000);
    expect(clean.length).toBeGreaterThanOrEqual(60_000);
    expect(clean.length).toBeLessThanOrEqual(204_800);
    expect((await render(order(DIPLOMA))).equals(clean)).toBe(true);
    expect((await render(order(DIPLOMA, { take: 'again' }))).equals(clean)).toBe(false);
  });

  it.each([90, 180, 270] as const)('turn by %s°', async (degrees) => {
    const turned = await spoiled(DIPLOMA, { kind: 'turned', degrees });
    const { width, height } = await sharp(turned).metadata();
    expect(width < height).toBe(degrees !== 180);
    const back = await thumbnail(turned, (image) => image.rotate(360 - degrees));
    const own = await thumbnail(clean);
    expect(distance(back, own)).toBeLessThan(5);
    expect(distance(await thumbnail(turned), own)).toBeGreaterThan(10);
  });

  it('turn on their side with an EXIF orientation that sets them upright', async () => {
    const turned = await spoiled(DIPLOMA, { kind: 'exif', orientation: 6 });
    const { width, height, orientation } = await sharp(turned).metadata();
    expect(orientation).toBe(6);
    expect(width < height).toBe(true);
    expect(distance(await thumbnail(turned, (image) => image.autoOrient()), await thumbnail(clean))).toBeLessThan(5);
  });

  it('mirror', async () => {
    const mirrored = await spoiled(DIPLOMA, { kind: 'mirrored' });
    const own = await thumbnail(clean);
    expect(distance(await thumbnail(mirrored, (image) => image.flop()), own)).toBeLessThan(5);
    expect(distance(await thumbnail(mirrored), own)).toBeGreaterThan(10);
  });

  it('blur, darken, blind', async () => {
    expect(await sharpness(await spoiled(DIPLOMA, { kind: 'blurred' }))).toBeLessThan((await sharpness(clean)) * 0.55);
    expect(await mean(await spoiled(DIPLOMA, { kind: 'dark' }))).toBeLessThan(60);
    const { data } = await sharp(await spoiled(DIPLOMA, { kind: 'glare' }))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const blown = data.reduce((count, value) => count + (value > 250 ? 1 : 0), 0) / data.length;
    expect(blown).toBeGreaterThan(0.04);
    expect(blown).toBeLessThan(0.6);
  });

  it('lose their colour as copies', async () => {
    const { channels } = await sharp(await spoiled(DIPLOMA, { kind: 'grey' })).stats();
    const { data } = await sharp(await spoiled(DIPLOMA, { kind: 'grey' }))
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(channels.length).toBeGreaterThan(0);
    let most = 0;
    for (let at = 0; at + 2 < data.length; at += 3)
      most = Math.max(most, Math.abs((data[at] ?? 0) - (data[at + 2] ?? 0)));
    expect(most).toBeLessThan(8);
  });

  it.each(['cropped', 'tilted', 'screen'] as const)('differ visibly when %s', async (kind) => {
    expect(distance(await thumbnail(await spoiled(DIPLOMA, { kind })), await thumbnail(clean))).toBeGreaterThan(12);
  });

  it('of another material look different, flaws on the paper change a part', async () => {
    const slot = slotOf('M05', 1);
    const right = await render(order(slot));
    const wrong = await render(order(slot, { shows: slotOf('M10', 1) }));
    expect(distance(await thumbnail(wrong), await thumbnail(right))).toBeGreaterThan(12);
    for (const flaws of [{ seal: 'none' }, { seal: 'department' }, { unsigned: 'tutor' }, { altered: true }] as const) {
      const flawed = await render(order(slot, { flaws }));
      const apart = distance(await thumbnail(flawed), await thumbnail(right));
      expect(flawed.equals(right)).toBe(false);
      expect(apart).toBeLessThan(6);
    }
  });
});

describe('broken files', () => {
  it('end early, and can be decoded in part only', async () => {
    const whole = await render(order(DIPLOMA));
    const cut = await render(order(DIPLOMA, { broken: 'truncated' }));
    expect(cut.equals(whole.subarray(0, cut.length))).toBe(true);
    expect(cut.length / whole.length).toBeCloseTo(0.6, 2);
    await expect(sharp(cut, { failOn: 'truncated' }).raw().toBuffer()).rejects.toThrow();
    await expect(sharp(cut, { failOn: 'none' }).raw().toBuffer()).resolves.toBeDefined();
  });

  it.each(['text', 'pdf'] as const)('are no picture at all: %s', async (broken) => {
    const bytes = await render(order(DIPLOMA, { broken }));
    await expect(sharp(bytes).metadata()).rejects.toThrow();
    expect(bytes.subarray(0, 5).toString('latin1') === '%PDF-').toBe(broken === 'pdf');
  });
});

it('pages downloaded from the register are small PNGs', async () => {
  const slot = slotOf('M04', 1);
  const downloads = Array.from({ length: 60 }, (_, seed) => cleanOrder(seed, dossier, slot, 'first'));
  for (const one of downloads) {
    const bytes = await render(one);
    if (bytes[0] !== 0x89) continue;
    const { format, height } = await sharp(bytes).metadata();
    expect(format).toBe('png');
    expect(height).toBeGreaterThanOrEqual(1000);
    expect(bytes.length).toBeGreaterThan(60_000);
    expect(bytes.length).toBeLessThan(200_000);
    return;
  }
  expect.fail('none in sixty');
});
