import sharp from 'sharp';
import { type Alignment, after, type Similarity } from '../../../shared/similarity.ts';
import { LARGEST_PIXELS } from '../decoders.ts';
import type { Plane } from './plane.ts';
import { FINE, register } from './register.ts';

/**
 * From this agreement on two pictures show the same. Photographs of the sample: the same paper taken again, blurred, dark,
 * cropped or tilted, 0.57 to 0.95; other kinds of paper 0.04 to 0.30.
 */
const AGREES = 0.42;

/** A picture in grey, upright, and its scale against the picture itself. */
async function grey(bytes: Uint8Array): Promise<{ readonly plane: Plane; readonly scale: number }> {
  const picture = sharp(bytes, { failOn: 'none', limitInputPixels: LARGEST_PIXELS, sequentialRead: true });
  const { autoOrient } = await picture.metadata();
  const { data, info } = await picture
    .autoOrient()
    .resize({ width: FINE, height: FINE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .greyscale()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const values = new Float32Array(info.width * info.height);
  for (let i = 0; i < values.length; i += 1) values[i] = data[i * info.channels] as number;
  const long = autoOrient.width >= autoOrient.height ? info.width / autoOrient.width : info.height / autoOrient.height;
  return { plane: { width: info.width, height: info.height, values }, scale: long };
}

/**
 * How the picture of `before` lies on that of `now`. That they fit doesn't make them the same paper: two papers of one
 * form fit too.
 */
export async function align(before: Uint8Array, now: Uint8Array): Promise<Alignment> {
  const [a, b] = await Promise.all([grey(before), grey(now)]);
  const { similarity, agreement } = register(a.plane, b.plane);
  if (agreement < AGREES) return { similarity: null, agreement };
  const down: Similarity = { a: a.scale, b: 0, x: 0, y: 0 };
  const up: Similarity = { a: 1 / b.scale, b: 0, x: 0, y: 0 };
  return { similarity: after(up, after(similarity, down)), agreement };
}
