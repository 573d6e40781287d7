import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, startService } from './launch.ts';

/** How many candidates the end-to-end tests' district has: enough for every kind that they look for. */
const COUNT = 12;
const SEED = 1;

/** A short name for what the generator makes today: its sources and the day, on which deadlines depend. */
async function edition(count: number): Promise<string> {
  const folder = join(ROOT, 'service', 'sample');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const hash = createHash('sha256').update(JSON.stringify({ count, seed: SEED }));
  for (const file of files) hash.update(await readFile(join(folder, file)));
  return `${new Date().toISOString().slice(0, 10)}-${hash.digest('hex').slice(0, 8)}`;
}

/**
 * The folder with the sample district that tests copy. It is filled when it isn't yet; an interrupted filling goes on
 * where it stopped.
 */
export async function sampleFolder(count = COUNT): Promise<string> {
  const folder = join(ROOT, 'out', 'e2e', `sample-${await edition(count)}`);
  // Not opened again to see whether it is whole: another test may be copying it, and an open database has files that go.
  const whole = `${folder}.whole`;
  if (existsSync(whole)) return folder;
  const service = await startService(folder, { count, seed: SEED });
  await service.stop();
  await writeFile(whole, '');
  return folder;
}
