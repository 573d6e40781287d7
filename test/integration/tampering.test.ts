import { expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/folder.ts';
import { diceOf } from '../tampering/dice.ts';
import { runTampering } from '../tampering/run.ts';
import { KINDS } from '../tampering/witness.ts';

/** A short run; `npm run tampering` is the long one. Every kind has its turn. */
const ROUNDS = KINDS.length + 5;

test('every kind of tampering is found, and nothing where there was none', { timeout: 240_000 }, async () => {
  const said: string[] = [];
  const report = await runTampering({
    folder: await temporaryFolder(),
    rounds: ROUNDS,
    seed: 7,
    say: (line) => said.push(line),
  });
  expect(said).toEqual([]);
  expect(report).toMatchObject({ tamperings: ROUNDS, detected: ROUNDS, clean: ROUNDS, falseAlarms: 0 });
  // Both look: neither stands in for the other.
  expect(report.byWorkstation).toBeGreaterThan(ROUNDS / 2);
  expect(report.byVerifier).toBeGreaterThan(ROUNDS / 4);
});

test('the same seed plays the same', () => {
  const rolls = (seed: number) => Array.from({ length: 20 }, (_, round) => diceOf(seed, round).below(1_000));
  expect(rolls(3)).toEqual(rolls(3));
  expect(rolls(3)).not.toEqual(rolls(4));
});
