import { setTimeout as pause } from 'node:timers/promises';
import { openFirst } from './desk.ts';
import { SLOTS } from './district.ts';
import {
  type Beside,
  type Ground,
  onGround,
  pictureBoxes,
  press,
  QUIET_OURS,
  type Stage,
  watchFor,
} from './leafing.ts';
import { clock, compare, interleave, type Line, median, quantile } from './measure.ts';

/** Candidates of the district that is leafed through. */
const CANDIDATES = 44;
const ROUNDS = 21;
/** Jumps, from the end of the queue: nobody has been there before. */
const JUMPS = 17;
/** The first rounds, in which caches of code and fonts fill, are not counted. */
const WARM_UP = 3;
/** How long a candidate is looked at before the next key, ms: time to prepare, which reviewers give too. */
const DWELL = 600;
/** How often a key is held down, for how long, and how fast it repeats, ms: as keyboards do. */
const HOLDS = 6;
const HELD = 1_200;
const DELAY = 250;
const REPEAT = 30;
/** Two looks at one change, ms. */
const SAME = 8;

const counted = (all: readonly number[]) => all.slice(WARM_UP);

/** Changes a second while a key is held down, after the first repeat; and how often something was blank. */
async function hold(stage: Stage, key: string): Promise<{ rate: number; blanks: number }> {
  const { down, up } = stage.keys;
  let from = 0;
  const { changes, blanks } = await watchFor(stage, DELAY + HELD + 400, async () => {
    await down(key);
    await pause(DELAY);
    from = clock();
    for (let press = 0; press < HELD / REPEAT; press += 1) {
      await pause(Math.max(0, from + press * REPEAT - clock()));
      await down(key);
    }
    await up(key);
  });
  const own = changes.filter((at, index) => at > from && at - (changes[index - 1] ?? 0) > SAME);
  return { rate: (own.length * 1_000) / ((own.at(-1) ?? from + HELD) - from), blanks };
}

/** `next.hold`: candidates shown a second while the key is held down, against repaints of plain tiles. */
async function held(stage: Stage, beside: Beside): Promise<Line> {
  await beside.flicker();
  let blanks = 0;
  const values = await interleave(HOLDS, {
    ours: async (round) => {
      await pause(1_500);
      const shown = await hold(stage, round % 2 === 0 ? 'ArrowUp' : 'ArrowDown');
      blanks += shown.blanks;
      return shown.rate;
    },
    floor: async () => (await hold(beside.stage, 'ArrowDown')).rate,
  });
  return compare('next.hold', 'candidates shown a second', values.ours, { floor: values.floor }, { blanks });
}

/** `next.jump`: from Enter on a row of the queue to the last of twelve pictures that nothing was prepared of. */
async function jumped({ desk, found }: Ground, stage: Stage, beside: Beside): Promise<Line> {
  const { keyboard } = desk.page;
  const hashes = (round: number) => found[found.length - 1 - round]?.hashes ?? [];
  const values = await interleave(JUMPS, {
    ours: async (round) => {
      await keyboard.press('Escape');
      await desk.page.getByTestId('queue-row').first().waitFor();
      await desk.page.locator('#queue-table').focus();
      await keyboard.press('End');
      for (let up = 0; up < round; up += 1) await keyboard.press('ArrowUp');
      return (await press(stage, 'Enter', DWELL, QUIET_OURS)).last;
    },
    floor: () => beside.floor(),
    files: (round) => beside.files(hashes(round)),
    web: (round) => beside.web(hashes(round)),
  });
  const { ours, floor, files, web } = values;
  return compare(
    'next.jump',
    'ms from Enter on the queue to the last of 12 pictures on the display, nothing prepared',
    counted(ours),
    { floor: counted(floor), files: counted(files), web: counted(web) },
  );
}

/** `next`: from the key to the last of the next candidate's twelve pictures on the display. */
async function prepared({ found }: Ground, stage: Stage, beside: Beside): Promise<Line> {
  const firsts: number[] = [];
  let blanks = 0;
  const hashes = (round: number) => found[round + 1]?.hashes ?? [];
  const values = await interleave(ROUNDS, {
    ours: async () => {
      const shown = await press(stage, 'ArrowDown', DWELL, QUIET_OURS);
      firsts.push(shown.first);
      blanks += shown.blanks;
      return shown.last;
    },
    floor: () => beside.floor(),
    files: (round) => beside.files(hashes(round)),
    web: (round) => beside.web(hashes(round)),
  });
  const { ours, floor, files, web } = values;
  const p99 = quantile(counted(ours), 0.99) / median(counted(floor));
  return compare(
    'next',
    'ms from the key to the last of 12 pictures on the display',
    counted(ours),
    { floor: counted(floor), files: counted(files), web: counted(web) },
    {
      oursFirst: Number(median(counted(firsts)).toPrecision(4)),
      p99ByFloor: Number(p99.toPrecision(4)),
      floorP99: Number(quantile(counted(floor), 0.99).toPrecision(4)),
      blanks,
    },
  );
}

/** `next`, `next.hold` and `next.jump`. */
export async function next(): Promise<Line[]> {
  return onGround(CANDIDATES, async (ground) => {
    await openFirst(ground.desk);
    await pause(2_000);
    const boxes = await pictureBoxes(ground.desk.page);
    if (boxes.length !== SLOTS.length) throw new Error(`${boxes.length} pictures are on screen`);
    const stage = ground.ours(boxes);
    const beside = ground.beside(boxes);
    return [await prepared(ground, stage, beside), await jumped(ground, stage, beside), await held(stage, beside)];
  });
}
