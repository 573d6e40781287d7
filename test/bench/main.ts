// `npm run bench [-- name … --rounds n --budget --record]`: measurements against anchors of the same run, one JSON line
// each on stdout. `--budget` adds a line for each figure: whether it has moved since it was recorded; the exit code is 1
// when one got worse. `--record` keeps the figures of this run in recorded.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { audit } from './audit.ts';
import { movesOf, Recorded, recordedWith } from './budget.ts';
import { decide } from './decide.ts';
import { decideScreen } from './decide-screen.ts';
import { intake } from './intake.ts';
import { log } from './log.ts';
import type { Line } from './measure.ts';
import { memory } from './memory.ts';
import { memoryLong } from './memory-long.ts';
import { next } from './next.ts';
import { queue, queueMillion } from './queue.ts';
import { read } from './read.ts';
import { service } from './service.ts';
import { cold, start } from './start.ts';
import { sync } from './sync.ts';
import { syncFrames } from './sync-frames.ts';
import { zoom } from './zoom.ts';

/** Those that are run once a round take how many rounds are wished. */
type Bench = (rounds?: number) => Promise<Line[]>;

const BENCHES: Readonly<Record<string, Bench>> = {
  next: () => next(),
  zoom: () => zoom(),
  sync: () => sync(),
  'sync-frames': () => syncFrames(),
  queue: () => queue(),
  decide: () => decide(),
  'decide-screen': () => decideScreen(),
  read: () => read(),
  start,
  cold,
  memory: () => memory(),
  intake: () => intake(),
  log: () => log(),
  service: () => service(),
};
/** Too long to be run with the others. */
const ALONE: Readonly<Record<string, Bench>> = {
  'queue-million': () => queueMillion(),
  'memory-long': () => memoryLong(),
  audit: () => audit(),
};

const RECORDED = new URL('./recorded.json', import.meta.url);

function readRecorded(): Recorded {
  return existsSync(RECORDED) ? Recorded.parse(JSON.parse(readFileSync(RECORDED, 'utf8'))) : {};
}

type Wish = { readonly names: readonly string[]; readonly rounds?: number; budget: boolean; record: boolean };

function wishOf(args: readonly string[]): Wish {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { rounds: { type: 'string' }, budget: { type: 'boolean' }, record: { type: 'boolean' } },
  });
  const rounds = values.rounds === undefined ? {} : { rounds: Math.max(1, Number.parseInt(values.rounds, 10)) };
  return { names: positionals, ...rounds, budget: values.budget === true, record: values.record === true };
}

/** Runs the benchmarks that are named, or all of them one after the other; the exit code. */
async function main({ names, rounds, budget, record }: Wish): Promise<number> {
  const all = { ...BENCHES, ...ALONE };
  const unknown = names.find((name) => !(name in all));
  if (unknown !== undefined) {
    console.error(`There is no benchmark "${unknown}". There are: ${Object.keys(all).join(', ')}.`);
    return 2;
  }
  const lines: Line[] = [];
  for (const [name, run] of Object.entries(names.length === 0 ? BENCHES : all)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const line of await run(rounds)) {
      lines.push(line);
      console.log(JSON.stringify(line));
    }
  }
  const moves = movesOf(readRecorded(), lines);
  if (budget) for (const move of moves) console.log(JSON.stringify(move));
  if (record) {
    const when = { at: new Date().toISOString(), load: Number((loadavg()[0] ?? 0).toFixed(1)), cores: cpus().length };
    writeFileSync(RECORDED, `${JSON.stringify(recordedWith(readRecorded(), lines, when), null, 2)}\n`);
  }
  return budget && moves.some(({ moved }) => moved === 'worse') ? 1 : 0;
}

process.exitCode = await main(wishOf(process.argv.slice(2)));
