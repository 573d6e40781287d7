import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import type { LaunchedDesk } from '../e2e/launch.ts';
import { type Anchor, openAnchor } from './anchor.ts';
import { openFilledDesk, SIZE, subjects } from './desk.ts';
import { type Display, openDisplay } from './display.ts';
import type { Area, Watched } from './display-watch.ts';
import { borrowService } from './district.ts';
import { openFarServer } from './far-server.ts';
import { withFolder } from './folder.ts';
import { type KeyClock, openKeyClock } from './key-clock.ts';

/** Nothing has moved for so long: all is painted, ms. */
const QUIET = 250;
/** The same for ours, where something better may follow later. */
export const QUIET_OURS = 500;
/** And for pictures of the anchors: on a busy computer some come long after the boxes have become empty. */
const QUIET_PICTURES = 1_000;
const PATIENCE = 6_000;
/** What the anchors wait before theirs, ms: they prepare nothing. */
const REST = 100;
/** Where the anchors' window stands on the display. */
const BESIDE = SIZE.width + 10;
/** The distance of the web page of today, ms. */
const FAR = 30;

/** A window on the display, with the boxes of its pictures. */
export type Stage = { readonly display: Display; readonly boxes: readonly Area[]; readonly keys: KeyClock };

/** The box of each picture in the window. */
export async function pictureBoxes(page: Page, selector = '.picture'): Promise<Area[]> {
  return page.locator(selector).evaluateAll((pictures) =>
    pictures.map((picture) => {
      const { x, y, width, height } = picture.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
}

/** The inner parts of boxes, where the pixels of every picture must change: what is watched. */
const within = (boxes: readonly Area[]): Area[] =>
  boxes.map(({ x, y, width, height }) => ({
    x: x + width * 0.3,
    y: y + height * 0.2,
    width: width * 0.4,
    height: height * 0.6,
  }));

/** Watches a stage while a key is pressed on it. Times from the key, ms. */
export async function press(
  { display, boxes, keys }: Stage,
  key: string,
  before: number,
  quiet: number,
): Promise<{ first: number; last: number; blanks: number }> {
  await pause(before);
  const { settled } = await display.watch({ areas: within(boxes), quiet, patience: PATIENCE });
  const pressed = await keys.press(key);
  const { first, last, blanks } = await settled;
  const times = (changes: readonly (number | null)[]) =>
    changes.map((at) => {
      if (at === null) throw new Error(`a picture did not change on the display: ${JSON.stringify(changes)}`);
      return at - pressed;
    });
  return { first: Math.min(...times(first)), last: Math.max(...times(last)), blanks };
}

/** Watches a stage for a while, whatever happens on it. */
export async function watchFor(
  { display, boxes }: Stage,
  duration: number,
  meanwhile: () => Promise<void>,
): Promise<Watched> {
  const { settled } = await display.watch({ areas: within(boxes), quiet: duration * 2, patience: duration });
  await meanwhile();
  return settled;
}

/** The other contestants, in a window beside ours with tiles where our pictures are. */
export type Beside = {
  readonly stage: Stage;
  /** Another plain colour in all tiles: from the key to the last of them, ms. */
  readonly floor: () => Promise<number>;
  /** Pictures from the disk, or from a server far away. */
  readonly files: (hashes: readonly string[]) => Promise<number>;
  readonly web: (hashes: readonly string[]) => Promise<number>;
  /** From now on every key changes the colour. */
  readonly flicker: () => Promise<void>;
};

/** What the next key (or every key) does on the anchor's page: pictures into the tiles, or another plain colour. */
async function arm({ page }: Anchor, urls: readonly string[], once: boolean): Promise<void> {
  await page.evaluate(
    ({ sources, once }) => {
      const paint = () => {
        for (const [index, tile] of [...document.querySelectorAll<HTMLElement>('.tile')].entries()) {
          const source = sources[index];
          if (source === undefined) {
            tile.style.background =
              tile.style.background === 'rgb(34, 85, 136)' ? 'rgb(200, 170, 90)' : 'rgb(34, 85, 136)';
            tile.replaceChildren();
          } else {
            const image = new Image();
            image.src = source;
            tile.replaceChildren(image);
          }
        }
      };
      window.addEventListener('keydown', paint, { once });
    },
    { sources: urls, once },
  );
}

/** Puts plain tiles where the pictures of ours are. */
async function lay({ page }: Anchor, boxes: readonly Area[]): Promise<void> {
  await page.evaluate((all) => {
    document.body.replaceChildren();
    for (const { x, y, width, height } of all) {
      const tile = document.createElement('div');
      tile.className = 'tile';
      Object.assign(tile.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
      document.body.append(tile);
    }
  }, boxes);
}

/** The anchor's window; one at a time it has the tiles of whoever measures. */
type Plain = {
  readonly anchor: Anchor;
  readonly display: Display;
  readonly keys: KeyClock;
  laid: readonly Area[] | null;
};

function besideOf(plain: Plain, boxes: readonly Area[], fileOf: (hash: string) => string, far: string): Beside {
  const { anchor, display, keys } = plain;
  const stage = { display, boxes: boxes.map((box) => ({ ...box, x: box.x + BESIDE })), keys };
  const ready = async (urls: readonly string[], once: boolean) => {
    if (plain.laid !== boxes) await lay(anchor, boxes);
    plain.laid = boxes;
    await arm(anchor, urls, once);
  };
  const shown = async (urls: readonly string[]) => {
    await ready(urls, true);
    return (await press(stage, 'ArrowDown', REST, urls.length > 0 ? QUIET_PICTURES : QUIET)).last;
  };
  return {
    stage,
    floor: () => shown([]),
    files: (hashes) => shown(hashes.map((hash) => pathToFileURL(fileOf(hash)).href)),
    web: (hashes) => shown(hashes.map((hash) => `${far}/${hash}`)),
    flicker: () => ready([], false),
  };
}

/** Our workstation with a district on it, and the means to measure it on the display. */
export type Ground = {
  readonly desk: LaunchedDesk;
  /** The submissions in the order of the queue, with the hashes of their pictures. */
  readonly found: Awaited<ReturnType<typeof subjects>>;
  /** Ours, with its pictures in these boxes. */
  readonly ours: (boxes: readonly Area[]) => Stage;
  /** The others, with tiles in the same boxes. */
  readonly beside: (boxes: readonly Area[]) => Beside;
};

/** Opens both windows beside each other on a display of its own for a piece of work. */
export async function onGround<T>(candidates: number, work: (ground: Ground) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const display = await openDisplay();
    process.env.DISPLAY = display.name;
    const service = await borrowService(folder, candidates);
    const fileOf = (hash: string) => join(service.folder, 'images', hash.slice(0, 2), hash.slice(2, 4), hash);
    const far = await openFarServer(FAR, (path) => fileOf(path.slice(1)));
    const desk = await openFilledDesk(join(folder, 'desk'), service.url);
    const anchor = await openAnchor(join(folder, 'anchor'), 'tiles', BESIDE);
    try {
      const keys = await openKeyClock(desk.page);
      const plain = { anchor, display, keys: await openKeyClock(anchor.page), laid: null };
      return await work({
        desk,
        found: await subjects(desk),
        ours: (boxes) => ({ display, boxes, keys }),
        beside: (boxes) => besideOf(plain, boxes, fileOf, far.url),
      });
    } finally {
      await desk.close();
      await anchor.close();
      await far.close();
      await service.stop();
      await display.close();
    }
  });
}
