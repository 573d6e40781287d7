import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { reference } from '../../../../service/sample/reference.ts';
import { MATERIAL_CODES } from '../../../../shared/catalogue/materials.ts';

const FOLDER = fileURLToPath(new URL('../../../../resources/samples/', import.meta.url));

it('every material has a reference picture of at most 90 KB and 1000 pixels', async () => {
  expect((await readdir(FOLDER)).sort()).toEqual(MATERIAL_CODES.map((code) => `${code}.jpg`).sort());
  for (const code of MATERIAL_CODES) {
    const bytes = await readFile(`${FOLDER}${code}.jpg`);
    const { format, width, height } = await sharp(bytes).metadata();
    expect(format).toBe('jpeg');
    expect(Math.max(width, height)).toBe(1000);
    expect(bytes.length).toBeLessThanOrEqual(90_000);
  }
});

it('a reference picture is drawn within the same bounds', async () => {
  const bytes = await reference('M01');
  expect(bytes.length).toBeLessThanOrEqual(90_000);
  expect((await sharp(bytes).metadata()).height).toBe(1000);
});
