import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { align } from '../../../../../electron/images/align/align.ts';
import { dossierOf } from '../../../../../service/sample/dossier.ts';
import type { PaperFlaws, Spoil } from '../../../../../service/sample/order.ts';
import { render } from '../../../../../service/sample/render.ts';
import { Slot } from '../../../../../shared/ids.ts';
import { degreesOf, move, type Similarity, scaleOf, similarity } from '../../../../../shared/similarity.ts';

/** A paper of the sample, laid flat. */
const flat = (material: string) =>
  readFile(new URL(`../../../../../resources/samples/${material}.jpg`, import.meta.url));

/** Moves, turns and scales a picture on a grey table, darker and saved badly; and the exact way. */
async function warped(bytes: Buffer, scale: number, degrees: number, dx: number, dy: number) {
  const { width = 0, height = 0 } = await sharp(bytes).metadata();
  const { a, b } = similarity(scale, degrees, 0, 0);
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  const corners = [
    [0, 0],
    [a * width, b * width],
    [-b * height, a * height],
    [a * width - b * height, b * width + a * height],
  ] as const;
  // What sharp gives is the box around the turned picture; it is put where its middle belongs.
  const [left, top] = [Math.min(...corners.map(([x]) => x)), Math.min(...corners.map(([, y]) => y))];
  const x = Math.round(w / 2 + dx - (a * width - b * height) / 2 + left);
  const y = Math.round(h / 2 + dy - (b * width + a * height) / 2 + top);
  const turned = await sharp(bytes)
    .affine([a, -b, b, a], { background: '#777777', interpolator: 'bicubic' })
    .png()
    .toBuffer();
  const margin = 1500;
  const table = await sharp(turned)
    .extend({ top: margin, left: margin, right: margin, bottom: margin, background: '#777777' })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const picture = await sharp(table)
    .extract({ left: margin - x, top: margin - y, width: w, height: h })
    .modulate({ brightness: 0.85 })
    .jpeg({ quality: 70 })
    .toBuffer();
  return { picture, truth: { a, b, x: x - left, y: y - top }, width, height };
}

/** Largest distance at the corners between two ways, part of the long side. */
function error(found: Similarity, truth: Similarity, width: number, height: number): number {
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const;
  const off = corners.map(([x, y]) => {
    const [one, other] = [move(found, x, y), move(truth, x, y)];
    return Math.hypot(one.x - other.x, one.y - other.y);
  });
  return Math.max(...off) / (Math.max(width, height) * scaleOf(truth));
}

/** A photograph of a candidate's paper as the sample takes it: another desk, angle, light and crop each time. */
const photographed = (
  person: number,
  slot: string,
  take: string,
  spoils: readonly Spoil[] = [],
  flaws: PaperFlaws = {},
) =>
  render({
    seed: 20,
    take,
    slot: Slot.parse(slot),
    shows: Slot.parse(slot),
    dossier: dossierOf(
      20,
      person,
      '2026-03-02',
      { paths: ['past'], level: 'physician', class: 'clinical', education: 'bachelor' },
      '990101',
    ),
    flaws,
    spoils,
  });

describe('align', () => {
  // Also turned by quarters and half around, as from a phone; up to half as large again, and a quarter of the picture aside.
  it.each([
    ['M03', 1.3, 15, -60, 40],
    ['M10', 0.7, 180, 10, 10],
    ['M12', 0.6, -90, 30, -20],
    ['M01', 1.5, 45, 120, 0],
  ] as const)(
    'finds how %s was moved, within 0.3 % of its long side: × %d, %d°, %d, %d',
    async (material, scale, degrees, dx, dy) => {
      const paper = await flat(material);
      const { picture, truth, width, height } = await warped(paper, scale, degrees, dx, dy);
      const { similarity: found } = await align(paper, picture);
      if (!found) throw new Error('not aligned');
      expect(error(found, truth, width, height)).toBeLessThan(0.003);
    },
  );

  it('lays another photograph of the same paper on a blurred one', async () => {
    const now = await photographed(1, 'M05-1', 'b');
    const blurred = await align(await photographed(1, 'M05-1', 'a', [{ kind: 'blurred' }]), now);
    expect(blurred.similarity).not.toBeNull();
    expect(Math.abs(blurred.similarity ? degreesOf(blurred.similarity) : 180)).toBeLessThan(5);
  });

  it('sees that two kinds of paper are not the same', async () => {
    for (const [one, other] of [
      ['M05', 'M12'],
      ['M01', 'M04'],
    ] as const) {
      expect((await align(await flat(one), await flat(other))).similarity).toBeNull();
    }
  });

  it('finds nothing on a picture without anything on it', async () => {
    const empty = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#dddddd' } })
      .jpeg()
      .toBuffer();
    expect((await align(empty, await flat('M03'))).similarity).toBeNull();
  });
});
