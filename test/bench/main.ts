// `npm run bench [-- name]`: measurements against anchors of the same run, one JSON line each on stdout.
import { decide } from './decide.ts';
import { intake } from './intake.ts';
import { log } from './log.ts';
import type { Line } from './measure.ts';
import { memory } from './memory.ts';
import { next } from './next.ts';
import { queue, queueMillion } from './queue.ts';
import { start } from './start.ts';
import { sync } from './sync.ts';
import { syncFrames } from './sync-frames.ts';

type Bench = () => Promise<Line[]>;

const BENCHES: Readonly<Record<string, Bench>> = {
  next,
  sync,
  'sync-frames': syncFrames,
  queue,
  decide,
  start,
  memory,
  intake,
  log,
};
/** Too long to be run with the others. */
const ALONE: Readonly<Record<string, Bench>> = { 'queue-million': queueMillion };

/** Runs one benchmark, or all of them one after the other; the exit code. */
async function main(name: string | undefined): Promise<number> {
  const all = { ...BENCHES, ...ALONE };
  const names = Object.keys(all);
  if (name !== undefined && !names.includes(name)) {
    console.error(`There is no benchmark "${name}". There are: ${names.join(', ')}.`);
    return 2;
  }
  for (const [known, run] of Object.entries(name === undefined ? BENCHES : all)) {
    if (name !== undefined && name !== known) continue;
    for (const line of await run()) console.log(JSON.stringify(line));
  }
  return 0;
}

process.exitCode = await main(process.argv[2]);
