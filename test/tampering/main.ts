// `npm run tampering -- --rounds N --seed S`: records are meddled with in every way that is known, and left alone as often.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { isFaultless, runTampering } from './run.ts';

const whole = z.coerce.number().int().positive();
const Options = z.strictObject({ rounds: whole.default(100), seed: whole.default(1) });
const text = { type: 'string' } as const;
const { rounds, seed } = Options.parse(parseArgs({ options: { rounds: text, seed: text } }).values);

const folder = mkdtempSync(join(tmpdir(), 'review-desk-tampering-'));
const report = await runTampering({ folder, rounds, seed, say: (line) => console.log(line) });
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify(report));
process.exitCode = isFaultless(report) ? 0 : 1;
