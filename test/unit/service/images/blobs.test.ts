import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Blobs, DamagedBlobError, openBlobs, sha256Of } from '../../../../service/images/blobs.ts';

let folder: string;
let blobs: Blobs;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'review-desk-blobs-'));
  blobs = await openBlobs(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = Buffer.from('a picture, so to say');

it('keeps bytes under their hash, the same ones once', async () => {
  const [one, two] = await Promise.all([blobs.put(bytes), blobs.put(bytes)]);
  expect(one).toBe(sha256Of(bytes));
  expect(two).toBe(one);
  expect(await blobs.read(one)).toEqual(bytes);
  expect(await readdir(path.join(folder, one.slice(0, 2), one.slice(2, 4)))).toEqual([one]);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
});

it('gives no bytes that are not those of the hash', async () => {
  const sha256 = await blobs.put(bytes);
  await writeFile(path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'another picture entirely');
  await expect(blobs.read(sha256)).rejects.toThrow(DamagedBlobError);
  // Putting it again heals it: the length differs.
  await blobs.put(bytes);
  expect(await blobs.read(sha256)).toEqual(bytes);
});

it('clears what an interrupted write left behind', async () => {
  await writeFile(path.join(folder, 'incoming', 'half'), 'half a pict');
  await openBlobs(folder);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
});
