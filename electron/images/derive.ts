import sharp from 'sharp';
import { colourShare } from '../../shared/checks/colour.ts';
import { SMALL_SIDE } from '../../shared/ipc.ts';
import { allowTwoDecoders, LARGEST_PIXELS } from './decoders.ts';
import { type Derived, unreadable } from './derived.ts';

/** Long side of the sample for colour, px. */
const SAMPLE = 256;

allowTwoDecoders();

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

async function colourOf(
  data: Buffer,
  raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 },
): Promise<number> {
  if (raw.channels < 3) return 0;
  const sample = await sharp(data, { raw })
    .resize({ width: SAMPLE, height: SAMPLE, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return colourShare(sample.data, sample.info.channels);
}

/**
 * Looks at a picture: format by content, size, EXIF orientation, whether it decodes to its end, share of colour; and
 * makes the small rendition (JPEG, at most `SMALL_SIDE`, EXIF orientation applied as in the full picture). Runs where hostile
 * bytes may do no harm: the utility process.
 */
export async function derive(bytes: Uint8Array): Promise<Derived> {
  const nothing = unreadable(bytes);
  if (nothing.facts.format === 'other') return nothing;
  const head = await sharp(bytes, { failOn: 'none', limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (!head?.width || !head.height) return nothing;
  const facts = { ...nothing.facts, width: head.width, height: head.height, orientation: head.orientation ?? 1 };
  const clear = head.hasAlpha === true;
  const whole = await decode(bytes, 'error', clear).catch(() => null);
  const shown = whole ?? (await decode(bytes, 'none', clear).catch(() => null));
  if (!shown) return { facts, small: null };
  const raw = { width: shown.info.width, height: shown.info.height, channels: shown.info.channels };
  const colour = head.channels !== undefined && head.channels < 3 ? 0 : await colourOf(shown.data, raw);
  if (!whole) return { facts: { ...facts, decodes: 'truncated', colour }, small: null };
  // Tables of its own would make it 4 % smaller and take twice as long.
  const small = await sharp(shown.data, { raw }).jpeg({ quality: 70, optimiseCoding: false }).toBuffer();
  return { facts: { ...facts, decodes: 'whole', colour }, small: new Uint8Array(small) };
}
