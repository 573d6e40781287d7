import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { ROOT } from '../e2e/launch.ts';
import { sampleFolder } from '../e2e/sample.ts';

/** Candidates of the generated district whose photographs are measured with. */
const SAMPLED = 24;
/** As many as ten candidates have. */
const PHOTOGRAPHS = 120;
/** Sides of a photograph, px, as it lies, and its bytes: what the figures are given for. */
const [LONG, SHORT] = [1600, 1200];
const LARGEST = 165_000;
const SMALLEST = 149_000;

/** Faultless photographs of the generated sample: JPEG of 100 to 200 KB that decode to their end. */
async function* faultless(): AsyncGenerator<Buffer> {
  const folder = join(await sampleFolder(SAMPLED), 'images');
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files.sort()) {
    const bytes = await readFile(file);
    if (bytes.length < 100_000 || bytes.readUInt16BE(0) !== 0xffd8) continue;
    const decodes = sharp(bytes, { failOn: 'error' }).stats();
    if (await decodes.then(Boolean, () => false)) yield bytes;
  }
}

/** The same photograph with the sides and about the bytes that are measured with; null where no quality gives them. */
async function scaled(bytes: Buffer): Promise<Buffer | null> {
  const { autoOrient } = await sharp(bytes).metadata();
  const lies = autoOrient.width >= autoOrient.height;
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize(lies ? { width: LONG, height: SHORT } : { width: SHORT, height: LONG })
    .raw()
    .toBuffer({ resolveWithObject: true });
  let [below, above] = [0, 100];
  while (above - below > 1) {
    const quality = Math.round((below + above) / 2);
    const made = await sharp(data, { raw: info }).jpeg({ quality }).toBuffer();
    if (made.length > LARGEST) above = quality;
    else if (made.length < SMALLEST) below = quality;
    else return made;
  }
  return null;
}

async function make(folder: string): Promise<void> {
  let made = 0;
  for await (const bytes of faultless()) {
    const photograph = await scaled(bytes);
    if (photograph) await writeFile(join(folder, `${String(made).padStart(3, '0')}.jpg`), photograph);
    if (photograph) made += 1;
    if (made === PHOTOGRAPHS) return;
  }
  throw new Error(`the sample has only ${made} photographs to measure with`);
}

/** A short name of today's photographs, for what is made of them. */
export async function edition(): Promise<string> {
  return `${basename(await sampleFolder(SAMPLED))}-${LONG}x${SHORT}`;
}

/** The photographs of the measurements: 1,600 × 1,200 px, 149 to 165 KB, no two alike; made once, then kept. */
export async function photographs(): Promise<Buffer[]> {
  const kept = join(ROOT, 'out', 'bench', `photographs-${await edition()}`);
  if (!existsSync(kept)) {
    const half = `${kept}.half`;
    await rm(half, { recursive: true, force: true });
    await mkdir(half, { recursive: true });
    await make(half);
    await rename(half, kept);
  }
  const names = await readdir(kept);
  return Promise.all(names.sort().map((name) => readFile(join(kept, name))));
}
