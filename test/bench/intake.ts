import sharp from 'sharp';
import { derive } from '../../electron/images/derive.ts';
import { samplePictures } from './district.ts';
import { clock, compare, type Line } from './measure.ts';

const PICTURES = 120;
const ROUNDS = 3;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = clock();
  await work();
  return clock() - began;
}

/** `intake`: facts and small rendition of a picture, against decoding it with sharp and nothing more; one thread. */
export async function intake(): Promise<Line[]> {
  // The module under test sets this already; said again so that the anchor can't have more threads.
  sharp.concurrency(1);
  const pictures = (await samplePictures()).slice(0, PICTURES);
  const ours: number[] = [];
  const decode: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const bytes of pictures) {
      ours.push(1000 / (await timeOf(() => derive(bytes))));
      decode.push(1000 / (await timeOf(() => sharp(bytes).raw().toBuffer())));
    }
  }
  return [compare('intake', 'pictures/s on one core', ours, { sharpDecode: decode }, { pictures: pictures.length })];
}
