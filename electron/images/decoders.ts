import sharp from 'sharp';

/** More pixels than any camera of the time has: a decompression bomb. */
export const LARGEST_PIXELS = 120_000_000;

/** Leaves only the two decoders that the rules allow; libvips would try dozens of others on hostile bytes. */
export function allowTwoDecoders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] });
  sharp.cache(false);
  sharp.concurrency(1);
}
