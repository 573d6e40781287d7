import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fillSample, type SampleCandidate } from '../../service/fill.ts';
import { samplePolicy } from '../../service/sample/policy.ts';
import { openData } from '../../service/start.ts';
import { Slot } from '../../shared/ids.ts';
import { ROOT, type ServiceProcess, startService } from '../e2e/launch.ts';
import { form, identityNumber } from '../factories/submission.ts';
import { edition, photographs } from './photographs.ts';

/** A candidate of the measurements has these twelve pictures. */
export const SLOTS = [
  'M01-1',
  'M01-2',
  'M02-1',
  'M03-1',
  'M03-2',
  'M04-1',
  'M04-2',
  'M05-1',
  'M05-2',
  'M10-1',
  'M10-2',
  'M12-1',
].map((slot) => Slot.parse(slot));

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'];
const GIVEN = [...'明华芳丽强磊洋艳勇军杰娟涛超霞平刚桂英玉'];

/** An invented name, another one for most numbers. */
export function nameOf(index: number): string {
  const at = (list: readonly string[], place: number) => list[place % list.length] ?? '';
  return at(SURNAMES, index) + at(GIVEN, Math.floor(index / 20)) + at(GIVEN, Math.floor(index / 400) + index);
}

/** An invented identity number, another birth date for most numbers. */
export function idNumberOf(index: number): { birthDate: string; idNumber: string } {
  const two = (n: number) => String(n).padStart(2, '0');
  const birthDate = `19${60 + (index % 40)}-${two(1 + (Math.floor(index / 40) % 12))}-${two(1 + (index % 28))}`;
  return { birthDate, idNumber: identityNumber(birthDate) };
}

/** The same picture as another file: a comment after the first marker. */
function marked(bytes: Buffer, mark: string): Buffer {
  const text = Buffer.from(mark);
  const head = Buffer.from([0xff, 0xfe, 0, text.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, text, bytes.subarray(2)]);
}

/** Every file another one, and no two neighbours with the same picture in the same place. */
async function* candidates(count: number): AsyncGenerator<SampleCandidate> {
  const pictures = await photographs();
  for (let index = 0; index < count; index += 1) {
    yield {
      registrationNumber: `2026990101${String(index + 1).padStart(6, '0')}`,
      site: '990101',
      submittedAt: new Date(Date.UTC(2026, 2, 1, 1, index)).toISOString(),
      form: form({ ...idNumberOf(index), name: nameOf(index) }),
      images: SLOTS.map((slot, place) => {
        const bytes = pictures[(index * SLOTS.length + place) % pictures.length];
        if (!bytes) throw new Error('there are no photographs');
        return { slot, bytes: marked(bytes, `bench ${index} ${slot}`) };
      }),
      defects: [],
    };
  }
}

/** The data folder of a service with candidates of twelve pictures each; filled once, then kept. */
export async function benchDistrict(count: number): Promise<string> {
  const folder = join(ROOT, 'out', 'bench', `district-${await edition()}-${count}`);
  const data = await openData(folder);
  const district = async () => ({ samplePolicy, generateDistrict: () => candidates(count) });
  await fillSample(data, { folder, count, seed: 1, clock: () => new Date(), say: () => undefined, district });
  await data.close();
  return folder;
}

/** The running service on a copy of such a district. */
export async function borrowService(folder: string, count: number): Promise<ServiceProcess> {
  const data = join(folder, 'service');
  await cp(await benchDistrict(count), data, { recursive: true });
  return startService(data);
}
