import sharp from 'sharp';
import type { District, SampleCandidate } from '../../service/fill.ts';
import { addDays } from '../../service/sample/calendar.ts';
import { materialOf, Slot } from '../../shared/ids.ts';
import { form, identityNumber, policy, requiredImages } from '../factories/submission.ts';

const SURNAMES = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王'];

const WIDTH = 320;
const HEIGHT = 240;

/** A small colourful JPEG, another one for every number. */
export async function tinyPicture(number: number): Promise<Buffer> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let at = 0; at < WIDTH * HEIGHT; at += 1) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const bit = (number >> (Math.floor(x / 40) + 8 * (Math.floor(y / 120) % 2))) & 1;
    pixels.set(bit ? [200, 30, (x + number) % 256] : [250, 250, 245], at * 3);
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** Materials that a form of `test/factories` may have more pictures of than it needs. */
const MORE = ['M02-1', 'M03-2', 'M04-2', 'M05-2', 'M10-2', 'M10-3', 'M20-1', 'M20-2'] as const;

/**
 * A district of invented candidates with few and small pictures: fills in a moment, obeys every rule. With `pictures`,
 * each has so many: at least those that are required, which are six, and at most eight more.
 */
export function tinyDistrict({ pictures = 0 } = {}): District {
  return {
    samplePolicy: (today) => policy({ reviewUntil: addDays(today, 20) }),
    generateDistrict: async function* ({ count }) {
      for (let index = 0; index < count; index += 1) {
        const own = form({
          name: `${SURNAMES[index % SURNAMES.length]}样例`,
          idNumber: identityNumber(`19${70 + (index % 30)}-05-31`),
          birthDate: `19${70 + (index % 30)}-05-31`,
        });
        const required = requiredImages(own, policy()).map(({ slot }) => slot);
        const more = MORE.slice(0, Math.max(0, pictures - required.length)).map((slot) => Slot.parse(slot));
        const slots = [...required, ...more].sort();
        const candidate: SampleCandidate = {
          registrationNumber: `2026990101${String(index + 1).padStart(6, '0')}`,
          site: '990101',
          submittedAt: new Date(Date.UTC(2026, 2, 1, 1, index)).toISOString(),
          form: own,
          images: await Promise.all(
            slots.map(async (slot, place) => ({
              slot,
              bytes: await tinyPicture(index * 100 + Number(materialOf(slot).slice(1)) + place * 50),
            })),
          ),
          defects: [],
        };
        yield candidate;
      }
    },
  };
}
