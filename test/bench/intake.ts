import sharp from 'sharp';
import { check, derive } from '../../electron/images/derive.ts';
import { type Intake, openIntake } from '../../electron/images/intake-host.ts';
import { startIntake } from './headless.ts';
import { clock, compare, type Line } from './measure.ts';
import { photographs } from './photographs.ts';

const ROUNDS = 3;
/** Rounds of the whole way with one and with two at a time, and pictures of each. */
const FLIGHTS = 12;
const FLIGHT = 40;
const PATIENCE = 20_000;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = clock();
  await work();
  return clock() - began;
}

async function oneByOne(pictures: readonly Buffer[]): Promise<Line[]> {
  const [checks, whole, decode]: number[][] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const bytes of pictures) {
      whole?.push(1000 / (await timeOf(() => derive(bytes))));
      checks?.push(1000 / (await timeOf(() => check(bytes))));
      decode?.push(1000 / (await timeOf(() => sharp(bytes).raw().toBuffer())));
    }
  }
  const line = (name: string, ours: readonly number[] = []) =>
    compare(name, 'pictures/s on one core', ours, { sharpDecode: decode ?? [] }, { pictures: pictures.length });
  return [line('intake', whole), line('intake.checks', checks)];
}

/** All at once: the intake takes as many at a time as it may. */
async function rateOf(intake: Intake, pictures: readonly Buffer[]): Promise<number> {
  const took = await timeOf(() => Promise.all(pictures.map((bytes) => intake.derive(bytes))));
  return (pictures.length * 1000) / took;
}

async function twoAtATime(pictures: readonly Buffer[]): Promise<Line> {
  const one = openIntake(startIntake, { patience: PATIENCE, together: 1 });
  const two = openIntake(startIntake, { patience: PATIENCE, together: 2 });
  try {
    const rates = { one: [] as number[], two: [] as number[], decode: [] as number[] };
    for (let round = -1; round < FLIGHTS; round += 1) {
      const some = Array.from({ length: FLIGHT }, (_, index) => pictures[(index * 7 + round + 1) % pictures.length]);
      const flight = some.filter((bytes) => bytes !== undefined);
      const decoding = await timeOf(async () => {
        for (const bytes of flight) await sharp(bytes).raw().toBuffer();
      });
      const now = { one: await rateOf(one, flight), two: await rateOf(two, flight) };
      // The first one starts the processes.
      if (round < 0) continue;
      rates.one.push(now.one);
      rates.two.push(now.two);
      rates.decode.push((flight.length * 1000) / decoding);
    }
    return compare('intake.two', 'pictures/s, two at a time in the process that the app has', rates.two, {
      oneAtATime: rates.one,
      sharpDecode: rates.decode,
    });
  } finally {
    one.close();
    two.close();
  }
}

/**
 * `intake`: facts and small rendition of a picture, `intake.checks`: its facts, against decoding it with sharp and
 * nothing more, one thread each; `intake.two`: the whole way over the process, with two at a time.
 */
export async function intake(): Promise<Line[]> {
  // The module under test sets this already; said again so that the anchor can't have more threads.
  sharp.concurrency(1);
  const pictures = await photographs();
  return [...(await oneByOne(pictures)), await twoAtATime(pictures)];
}
