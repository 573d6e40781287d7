import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runEveryCall } from './every-call.ts';
import { KINDS } from './kinds.ts';
import { isClean, runFaults } from './run.ts';

const USAGE = `The fault harness: workstations and the service through everything that can go wrong.

  npm run faults [-- options]

  --rounds N     rounds to play (100)
  --seed S       seed of the plans (1)
  --round K      play round K of the seed alone
  --only KINDS   only these kinds of fault, separated by commas
  --at-once N    rounds at a time (4)
  --minutes M    begin no round after so many minutes
  --every-call   no rounds: every system call of saving something fails once, in each way

Kinds: ${KINDS.join(', ')}
`;

const whole = z.coerce.number().int().nonnegative();
const Options = z.strictObject({
  rounds: whole.default(100),
  seed: whole.default(1),
  round: whole.optional(),
  only: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(KINDS)))
    .optional(),
  'at-once': whole.min(1).default(4),
  minutes: z.coerce.number().positive().optional(),
  'every-call': z.boolean().default(false),
  help: z.boolean().default(false),
});

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    rounds: text,
    seed: text,
    round: text,
    only: text,
    'at-once': text,
    minutes: text,
    'every-call': { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
const options = Options.parse(values);

async function rounds(folder: string): Promise<boolean> {
  const report = await runFaults({
    folder,
    rounds: options.round === undefined ? options.rounds : 1,
    from: options.round ?? 0,
    seed: options.seed,
    atOnce: options['at-once'],
    ...(options.only ? { only: options.only } : {}),
    ...(options.minutes === undefined ? {} : { longest: options.minutes * 60_000 }),
    say: (line) => console.log(line),
  });
  const clean = isClean(report);
  if (clean) rmSync(folder, { recursive: true, force: true });
  console.log(JSON.stringify(report));
  return clean;
}

async function everyCall(folder: string): Promise<boolean> {
  const atOnce = Math.min(options['at-once'], 3);
  const report = await runEveryCall({ folder, atOnce, say: (line) => console.log(line) });
  const clean = report.cases > 0 && report.failures === 0;
  if (clean) rmSync(folder, { recursive: true, force: true });
  console.log(JSON.stringify(report));
  return clean;
}

if (options.help) {
  console.log(USAGE);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'review-desk-faults-'));
  process.exitCode = (await (options['every-call'] ? everyCall(folder) : rounds(folder))) ? 0 : 1;
}
