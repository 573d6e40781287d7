import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { openFirst, openSignedIn } from './desk.ts';
import { openDisplay } from './display.ts';
import { borrowService } from './district.ts';
import { fillProfile, indexOf } from './filled-profile.ts';
import { withFolder } from './folder.ts';
import { clock, compare, type Line } from './measure.ts';
import { type Taken, taken, takenByHello, takenLine } from './memory.ts';

/** The service's own candidates; the others are added to the profile beside them. */
const OWN = 2;
const CANDIDATES = 5_040;
/** After so many candidates memory is read. */
const STEPS = [40, 500, 5_000] as const;
/** A key press so often, ms: each leads to the next candidate, and the desk follows when it can. */
const PACE = 90;
/** After so many keys the desk is looked at. */
const LOOK = 20;
/** How long nothing is done before memory is read, ms: V8 collects what has become garbage after eight seconds of rest. */
const REST = 20_000;
/** Longest way from one reading to the next, ms. */
const PATIENCE = 2_400_000;

/** Leafs on until the desk shows the n-th candidate or a later one. */
async function leafTo(page: Page, index: number): Promise<void> {
  const end = clock() + PATIENCE;
  const review = page.getByTestId('review');
  while (indexOf((await review.getAttribute('data-registration')) ?? '') < index) {
    if (clock() > end) throw new Error(`candidate ${index} was not reached`);
    const from = clock();
    for (let key = 0; key < LOOK; key += 1) {
      await page.keyboard.press('ArrowDown');
      await pause(Math.max(0, from + (key + 1) * PACE - clock()));
    }
  }
}

/**
 * `memory-long`: the sum of PSS of all processes after leafing through 40, 500 and 5,000 different candidates with twelve
 * pictures each. Takes ten minutes, on a busy computer half an hour.
 */
export async function memoryLong(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const display = await openDisplay();
    process.env.DISPLAY = display.name;
    const hello = await takenByHello(folder);
    const service = await borrowService(folder, OWN);
    await fillProfile(join(folder, 'desk'), service.url, CANDIDATES);
    const desk = await openSignedIn(join(folder, 'desk'), service.url);
    try {
      await openFirst(desk);
      const all: Taken[] = [];
      for (const candidates of STEPS) {
        await leafTo(desk.page, candidates);
        all.push(await taken(desk.pid, REST));
      }
      const lines = all.map((one, step) =>
        takenLine(`memory-long.${STEPS[step]}`, one, hello, { candidates: STEPS[step] }),
      );
      // Pages, where they are told: ten minutes are long enough for others to come and go.
      const [some = [0], most = [0]] = all.slice(1).map(({ pages, pss }) => (pages === null ? pss : [pages]));
      return [...lines, compare('memory-long.flat', 'MB after 5,000 candidates', most, { 'after 500': some })];
    } finally {
      await desk.close();
      await service.stop();
      await display.close();
    }
  });
}
