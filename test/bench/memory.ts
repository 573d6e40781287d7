import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openAnchor } from './anchor.ts';
import { openFilledDesk, openFirst, openSignedIn } from './desk.ts';
import { openDisplay } from './display.ts';
import { borrowService } from './district.ts';
import { withFolder } from './folder.ts';
import { compare, type Line } from './measure.ts';
import { memoryOf, pagesOf, strangersOf } from './processes.ts';

const CANDIDATES = 44;
const LEAFED = 40;
/** How long each candidate is looked at, ms. */
const DWELL = 300;
/** How long nothing is done before memory is read, ms. */
const REST = 3_000;
const READINGS = 5;

/** What all processes of a family take up once nothing has been done for a while, MB. */
export type Taken = {
  readonly pss: readonly number[];
  /** See `pagesOf`; null where the system doesn't tell. */
  readonly pages: number | null;
  /** Other processes of the same Electron, for which the PSS is too small. */
  readonly strangers: number;
};

/** Reads it after a rest, ms. */
export async function taken(pid: number, rest = REST): Promise<Taken> {
  await pause(rest);
  const pss: number[] = [];
  for (let reading = 0; reading < READINGS; reading += 1) {
    pss.push(memoryOf(pid));
    await pause(200);
  }
  return { pss, pages: pagesOf(pid), strangers: strangersOf(pid) };
}

/** What a window that says hello takes up, on the display at hand. */
export async function takenByHello(folder: string): Promise<Taken> {
  const anchor = await openAnchor(join(folder, 'anchor'), 'hello', 0);
  await anchor.page.waitForLoadState();
  const hello = await taken(anchor.app.process().pid ?? 0);
  await anchor.close();
  return hello;
}

/** The line that tells it against a window that says hello. */
export function takenLine(bench: string, ours: Taken, hello: Taken, more: Readonly<Record<string, unknown>>): Line {
  const pages = { pages: figure(ours.pages), helloPages: figure(hello.pages) };
  const strangers = hello.strangers + ours.strangers;
  return compare(bench, 'MB', ours.pss, { hello: hello.pss }, { ...pages, strangers, ...more });
}

const figure = (megabytes: number | null) => (megabytes === null ? null : Math.round(megabytes));

/** `memory`: the sum of PSS of all processes, idle on the queue and after leafing through 40 candidates. */
export async function memory(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const display = await openDisplay();
    process.env.DISPLAY = display.name;
    const hello = await takenByHello(folder);
    const service = await borrowService(folder, CANDIDATES);
    // What looked at the pictures of the first synchronisation has ended: an ordinary day begins with another start.
    const first = await openFilledDesk(join(folder, 'desk'), service.url);
    await first.close();
    const desk = await openSignedIn(join(folder, 'desk'), service.url);
    try {
      const idle = await taken(desk.pid);
      await openFirst(desk);
      for (let leaf = 0; leaf < LEAFED; leaf += 1) {
        await pause(DWELL);
        await desk.page.keyboard.press('ArrowDown');
      }
      const leafed = await taken(desk.pid);
      return [
        takenLine('memory.idle', idle, hello, { pictures: CANDIDATES * 12 }),
        takenLine('memory.leafed', leafed, hello, { candidates: LEAFED }),
      ];
    } finally {
      await desk.close();
      await service.stop();
      await display.close();
    }
  });
}
