import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SubmissionId } from '../../shared/ids.ts';
import { type Desk, DeskFailure, startDesk } from './desk.ts';
import { type FaultyLine, openFaultyLine } from './line.ts';
import type { Look, Worked } from './messages.ts';
import { type Power, powerOf } from './power.ts';

/** What a workstation of a round is made of. */
export type StationOptions = {
  readonly name: string;
  readonly account: string;
  /** Folder of the round. */
  readonly folder: string;
  readonly userData: string;
  readonly hold: number;
  /** Where the service is. */
  readonly service: () => string;
  /** Without a proxy, when both live in a network of their own. */
  readonly inside: readonly string[];
  /** The file that Node runs for it. */
  readonly program: string;
  /** Library for power cuts. */
  readonly journal: string | null;
  readonly take: () => Promise<Desk>;
  readonly give: (desk: Desk) => void;
};

/** A reviewer's workstation through all its processes of a round. */
export type Station = {
  readonly name: string;
  readonly ledger: string;
  readonly userData: string;
  readonly line: FaultyLine | null;
  readonly power: () => Power | null;
  readonly desk: () => Desk;
  /** Starts a process where none lives. */
  readonly start: () => Promise<void>;
  /** Does that and signs in; waits for the service only where nothing else helps. */
  readonly open: () => Promise<void>;
  /** As a reviewer does whose app has gone, or says that it can save no more. */
  readonly restart: () => Promise<void>;
  readonly work: (options: {
    seed: string;
    count: number;
    every: number;
    on?: SubmissionId | null;
  }) => Promise<Worked | null>;
  readonly look: () => Promise<Look>;
  readonly close: (reusable: boolean) => Promise<void>;
};

/** Failures of a sign-in that pass by themselves. */
const PASSING = /^(network\.|service\.failed|session\.offline_unknown|request\.too_many)/;
const PATIENCE = 15_000;

/** Makes a workstation; `open` starts it. */
export async function makeStation(options: StationOptions): Promise<Station> {
  const { name, account, folder, userData, hold, service, inside, journal, program } = options;
  const line = inside.length > 0 ? null : await openFaultyLine(service());
  const ledger = join(folder, `${name}.ledger`);
  const plain = inside.length === 0 && journal === null;
  let desk: Desk | null = null;
  let power: Power | null = null;
  let starts = 0;

  const begin = async (): Promise<Desk> => {
    starts += 1;
    if (plain) return options.take();
    power = journal === null ? null : powerOf(journal, folder, userData, `${name}-${starts}`);
    return startDesk({ program, inside, env: power?.env ?? {}, output: join(folder, `${name}.out`) });
  };
  const living = (): Desk => {
    if (!desk) throw new Error(`${name} was not started`);
    return desk;
  };
  const start = async (): Promise<void> => {
    if (!desk?.alive()) desk = await begin();
  };
  const open = async (): Promise<void> => {
    await start();
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await living().open({ userData, service: line?.url ?? service(), account, ledger, hold });
      } catch (error) {
        const passing = error instanceof DeskFailure && PASSING.test(error.code);
        if (!passing || performance.now() > end) throw error;
        await pause(100);
      }
    }
  };
  return {
    name,
    ledger,
    userData,
    line,
    power: () => power,
    desk: living,
    start,
    open,
    restart: async () => {
      await desk?.kill();
      await open();
    },
    work: ({ seed, count, every, on = null }) => living().work({ seed, count, every, on }),
    look: () => living().look(),
    close: async (reusable) => {
      await line?.close();
      const ending = desk;
      desk = null;
      if (!ending?.alive()) return;
      if (plain && reusable) {
        await ending.tell({ kind: 'close' });
        options.give(ending);
      } else await ending.kill();
    },
  };
}
