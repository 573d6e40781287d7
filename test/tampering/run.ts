import { join } from 'node:path';
import { diceOf } from './dice.ts';
import { playScene } from './scene.ts';
import { behave, KINDS, openStage, tamper } from './witness.ts';

export type TamperingOptions = {
  readonly folder: string;
  /** Tamperings, and as many honest rounds. */
  readonly rounds: number;
  readonly seed: number;
  readonly say: (line: string) => void;
};

/** What came of a run. */
export type TamperingReport = {
  readonly seed: number;
  readonly tamperings: number;
  readonly detected: number;
  readonly byWorkstation: number;
  readonly byVerifier: number;
  readonly clean: number;
  readonly falseAlarms: number;
  /** How often each kind was tried. */
  readonly kinds: Readonly<Record<string, number>>;
};

/** Whether every tampering was found, and nothing where there was none. */
export function isFaultless({ tamperings, detected, falseAlarms }: TamperingReport): boolean {
  return detected === tamperings && falseAlarms === 0;
}

/** Plays rounds of tampering and as many honest ones, on real records made by the real service and workstation. */
export async function runTampering({ folder, rounds, seed, say }: TamperingOptions): Promise<TamperingReport> {
  const scene = await playScene(join(folder, 'scene'));
  const stage = await openStage(scene);
  const ground = join(folder, 'round');
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  let [detected, byWorkstation, byVerifier, falseAlarms] = [0, 0, 0, 0];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const { kind, told, seen } = await tamper(scene, stage, { folder: ground, round, dice: diceOf(seed, round) });
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      if (seen.workstation.length > 0) byWorkstation += 1;
      if (seen.verifier.length > 0) byVerifier += 1;
      if (seen.workstation.length + seen.verifier.length > 0) detected += 1;
      else say(`not found: round ${round}: ${kind}: ${told}`);
      const clean = await behave(scene, stage, { folder: ground, dice: diceOf(seed, rounds + round) });
      const alarms = [...clean.workstation, ...clean.verifier];
      if (alarms.length > 0) {
        falseAlarms += 1;
        say(`false alarm: round ${round}: ${alarms.join('; ')}`);
      }
    }
  } finally {
    await stage.close();
  }
  return { seed, tamperings: rounds, detected, byWorkstation, byVerifier, clean: rounds, falseAlarms, kinds };
}
