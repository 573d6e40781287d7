import type { Mime } from '../store/images.ts';

/** What an uploaded file turned out to be. */
export type Inspection =
  | { readonly ok: true; readonly mime: Mime }
  | { readonly ok: false; readonly problem: 'image.format' | 'image.corrupt' };

const JPEG_START = [0xff, 0xd8, 0xff];
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Larger pictures are no phone's: they exhaust the memory of whoever opens them. */
const MOST_PIXELS = 120_000_000;

const starts = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((value, index) => bytes[index] === value);

/** The type of bytes by how they begin. */
export function mimeOf(bytes: Uint8Array): Mime {
  if (starts(bytes, JPEG_START)) return 'image/jpeg';
  if (starts(bytes, PNG_START)) return 'image/png';
  return 'application/octet-stream';
}

const reasonable = (width: number, height: number): boolean => width > 0 && height > 0 && width * height <= MOST_PIXELS;

/** Walks the chunks (PNG, third edition, §5): a header of sensible size first, all lengths inside the file, an end. */
function wholePng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = PNG_START.length;
  let data = false;
  for (let count = 0; at + 12 <= bytes.length; count += 1) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) return false;
    if (count === 0) {
      if (type !== 'IHDR' || length !== 13 || !reasonable(view.getUint32(at + 8), view.getUint32(at + 12)))
        return false;
    }
    if (type === 'IDAT') data = true;
    if (type === 'IEND') return data;
    at += 12 + length;
  }
  return false;
}

/** Start-of-frame markers: C0 to CF without DHT, JPG and DAC (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Whether an end-of-image marker follows the entropy-coded data that begins at `from`. */
function ends(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  }
  return false;
}

/** Walks the segments up to the scan: a frame of sensible size, and an end-of-image marker after it. */
function wholeJpeg(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  let frame = false;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return false;
    if (isFrame(marker)) {
      if (length < 8 || !reasonable(view.getUint16(at + 7), view.getUint16(at + 5))) return false;
      frame = true;
    }
    at += 2 + length;
    if (marker === 0xda) return frame && ends(bytes, at);
  }
  return false;
}

/**
 * Looks at an upload without decoding it: is it a JPEG or PNG by content, and does it reach its end? A file that was
 * cut off on the way is told to the candidate at once instead of coming back days later (Q05).
 */
export function inspect(bytes: Uint8Array): Inspection {
  const mime = mimeOf(bytes);
  if (mime === 'application/octet-stream') return { ok: false, problem: 'image.format' };
  const whole = mime === 'image/png' ? wholePng(bytes) : wholeJpeg(bytes);
  return whole ? { ok: true, mime } : { ok: false, problem: 'image.corrupt' };
}
