import sharp from 'sharp';
import type { Break, Spoil } from '../order.ts';
import type { Random } from '../random.ts';
import type { Pixels } from './expose.ts';

/** Bounds of a file, bytes: below what the district accepts, above what looks compressed to death. */
const SMALLEST = 64_000;
const LARGEST = 196_000;

function pipeline({ data, width, height }: Pixels, spoils: readonly Spoil[]): sharp.Sharp {
  return spoils.reduce(
    (image, spoil) => {
      switch (spoil.kind) {
        case 'turned':
          return image.rotate(spoil.degrees);
        case 'exif':
          // The sensor lay on its side; the tag says how to turn the pixels for display (EXIF 2.32, tag 0x0112).
          return image.rotate(spoil.orientation === 6 ? 270 : 90).withMetadata({ orientation: spoil.orientation });
        case 'mirrored':
          return image.flop();
        case 'blurred':
          return image.blur(Math.max(width, height) / 210);
        case 'grey':
          return image.greyscale().linear(1.25, -38).toColourspace('srgb');
        default:
          return image;
      }
    },
    sharp(data, { raw: { width, height, channels: 3 } }),
  );
}

/** Writes a JPEG whose size falls in the bounds, at a quality near the one that phones use. */
async function jpeg(image: sharp.Sharp, random: Random): Promise<Buffer> {
  let quality = random.int(76, 88);
  let best: Buffer | null = null;
  for (let round = 0; round < 6; round++) {
    const bytes = await image.clone().jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer();
    best = bytes;
    if (bytes.length > LARGEST) {
      quality = Math.max(25, Math.round(quality - 6 - 22 * Math.log2(bytes.length / LARGEST)));
    } else if (bytes.length < SMALLEST && quality < 97) {
      quality = Math.min(98, Math.round(quality + 4 + 14 * Math.log2(SMALLEST / bytes.length)));
    } else {
      break;
    }
  }
  if (!best) throw new Error('nothing was encoded');
  return best;
}

/** Saves a picture as a JPEG of at most so many bytes, as good as it may be. */
export async function saveWithin({ data, width, height }: Pixels, bytes: number): Promise<Buffer> {
  for (let quality = 88; ; quality -= 6) {
    const saved = await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer();
    if (saved.length <= bytes || quality < 30) return saved;
  }
}

/** Saves the picture as a candidate's phone or scanner would, with what went wrong on the way. */
export async function save(picture: Pixels, spoils: readonly Spoil[], random: Random): Promise<Buffer> {
  return jpeg(pipeline(picture, spoils), random);
}

/** Saves a page without a photograph as a PNG of few colours. */
export async function savePage(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).removeAlpha().png({ palette: true, colours: 48, dither: 0.4, effort: 3 }).toBuffer();
}

const TEXT = '样例 SPECIMEN\r\n这是一个文本文件,不是图片。\r\nThis is a text file with the name of a picture.\r\n';

/** A small but well-formed PDF. */
function pdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    '<< /Length 44 >>\nstream\nBT /F1 48 Tf 120 420 Td (SPECIMEN) Tj ET   \nendstream',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((content, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${content}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** Damages a file, or puts another one in its place. */
export function breakFile(bytes: Buffer, how: Break): Buffer {
  switch (how) {
    case 'truncated':
      return bytes.subarray(0, Math.round(bytes.length * 0.6));
    case 'text':
      return Buffer.from(TEXT.repeat(60), 'utf8');
    case 'pdf':
      return pdf();
  }
}
