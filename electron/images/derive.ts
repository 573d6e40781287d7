import sharp from 'sharp';
import { colourShare, sampleColour } from '../../shared/checks/colour.ts';
import { SMALL_SIDE } from '../../shared/ipc.ts';
import { allowTwoDecoders, LARGEST_PIXELS } from './decoders.ts';
import { type Derived, unreadable } from './derived.ts';

allowTwoDecoders();

type Raw = { width: number; height: number; channels: 1 | 2 | 3 | 4 };

/** A decoded rendition, upright as a browser shows it, on white. */
async function decode(
  bytes: Uint8Array,
  failOn: 'error' | 'none',
  clear: boolean,
): Promise<{ data: Buffer; info: sharp.OutputInfo }> {
  const image = sharp(bytes, { failOn, limitInputPixels: LARGEST_PIXELS, sequentialRead: true })
    .autoOrient()
    .resize({ width: SMALL_SIDE, height: SMALL_SIDE, fit: 'inside', withoutEnlargement: true, kernel: 'cubic' })
    .toColourspace('srgb');
  return (clear ? image.flatten({ background: '#ffffff' }) : image)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
}

function colourOf(data: Buffer, { width, height, channels }: Raw): number {
  return channels < 3 ? 0 : colourShare(sampleColour(data, width, height, channels), 3);
}

/** A picture's facts, and its pixels at the size of the small rendition; null when nothing of it can be shown. */
type Checked = Pick<Derived, 'facts'> & { readonly shown: { readonly data: Buffer; readonly raw: Raw } | null };

/**
 * Checks a picture by decoding it once: format by content, size, EXIF orientation, whether it decodes to its end, share
 * of colour.
 */
export async function check(bytes: Uint8Array): Promise<Checked> {
  const { facts: nothing } = unreadable(bytes);
  if (nothing.format === 'other') return { facts: nothing, shown: null };
  const head = await sharp(bytes, { failOn: 'none', limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (!head?.width || !head.height) return { facts: nothing, shown: null };
  const facts = { ...nothing, width: head.width, height: head.height, orientation: head.orientation ?? 1 };
  const clear = head.hasAlpha === true;
  const whole = await decode(bytes, 'error', clear).catch(() => null);
  const pixels = whole ?? (await decode(bytes, 'none', clear).catch(() => null));
  if (!pixels) return { facts, shown: null };
  const { data, info } = pixels;
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const colour = head.channels !== undefined && head.channels < 3 ? 0 : colourOf(data, raw);
  return { facts: { ...facts, decodes: whole ? 'whole' : 'truncated', colour }, shown: { data, raw } };
}

/**
 * Checks a picture, and makes the small rendition of one that decodes to its end (JPEG, at most `SMALL_SIDE`, EXIF
 * orientation applied as in the full picture). Runs where hostile bytes may do no harm: the utility process.
 */
export async function derive(bytes: Uint8Array): Promise<Derived> {
  const { facts, shown } = await check(bytes);
  if (!shown || facts.decodes !== 'whole') return { facts, small: null };
  // Tables of its own would make it 4 % smaller and take twice as long.
  const small = await sharp(shown.data, { raw: shown.raw }).jpeg({ quality: 70, optimiseCoding: false }).toBuffer();
  return { facts, small: new Uint8Array(small) };
}
