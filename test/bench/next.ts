import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { type Anchor, openAnchor } from './anchor.ts';
import { openFilledDesk, openFirst, SIZE, subjects } from './desk.ts';
import { type Display, openDisplay } from './display.ts';
import type { Area } from './display-watch.ts';
import { borrowService, SLOTS } from './district.ts';
import { openFarServer } from './far-server.ts';
import { withFolder } from './folder.ts';
import { type KeyClock, openKeyClock } from './key-clock.ts';
import { compare, interleave, type Line, median } from './measure.ts';

/** Candidates of the district that is leafed through. */
const CANDIDATES = 24;
const ROUNDS = 21;
/** The first rounds, in which caches of code and fonts fill, are not counted. */
const WARM_UP = 3;
/** How long a candidate is looked at before the next key, ms: time to prepare, which reviewers give too. */
const DWELL = 600;
/** What the anchors wait before theirs, ms: they prepare nothing. */
const REST = 100;
/** Nothing has moved for so long: all is painted, ms. */
const QUIET = 250;
/** The same for ours, where something better may follow later. */
const QUIET_OURS = 500;
const PATIENCE = 6_000;
/** Where the anchors' window stands on the display. */
const BESIDE = SIZE.width + 10;
/** The distance of the web page of today, ms. */
const FAR = 30;

/** The inner part of each picture's box, where its pixels must change. */
async function pictureAreas(page: Page): Promise<Area[]> {
  const boxes = await page.locator('.picture').evaluateAll((pictures) =>
    pictures.map((picture) => {
      const { x, y, width, height } = picture.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
  return boxes.map(({ x, y, width, height }) => ({
    x: x + width * 0.3,
    y: y + height * 0.2,
    width: width * 0.4,
    height: height * 0.6,
  }));
}

/** The boxes of the anchor's tiles are those of ours, so that as many pixels are drawn. */
async function layTiles({ page }: Anchor, areas: readonly Area[]): Promise<void> {
  await page.evaluate((boxes) => {
    for (const { x, y, width, height } of boxes) {
      const tile = document.createElement('div');
      tile.className = 'tile';
      Object.assign(tile.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
      document.body.append(tile);
    }
  }, areas);
}

/** What the next key does on the anchor's page: pictures into the tiles, or (without any) another plain colour. */
async function arm({ page }: Anchor, urls: readonly string[]): Promise<void> {
  await page.evaluate((sources) => {
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
    window.addEventListener('keydown', paint, { once: true });
  }, urls);
}

type Stage = { readonly display: Display; readonly areas: readonly Area[]; readonly keys: KeyClock };

/** From the key to the last change of any of the pictures, ms; and to the first one. */
async function leaf(
  { display, areas, keys }: Stage,
  before: number,
  quiet: number,
): Promise<{ first: number; last: number }> {
  await pause(before);
  const { settled } = await display.watch({ areas, quiet, patience: PATIENCE });
  const pressed = await keys.press('ArrowDown');
  const { first, last } = await settled;
  const times = (changes: readonly (number | null)[]) =>
    changes.map((at) => {
      if (at === null) throw new Error(`a picture did not change on the display: ${JSON.stringify(changes)}`);
      return at - pressed;
    });
  return { first: Math.min(...times(first)), last: Math.max(...times(last)) };
}

/** `next`: from the key to the last of the next candidate's twelve pictures on the display. */
export async function next(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const display = await openDisplay();
    process.env.DISPLAY = display.name;
    const service = await borrowService(folder, CANDIDATES);
    const fileOf = (hash: string) => join(service.folder, 'images', hash.slice(0, 2), hash.slice(2, 4), hash);
    const far = await openFarServer(FAR, (path) => fileOf(path.slice(1)));
    const desk = await openFilledDesk(join(folder, 'desk'), service.url);
    const anchor = await openAnchor(join(folder, 'anchor'), 'tiles', BESIDE);
    try {
      const found = await subjects(desk);
      await openFirst(desk);
      await pause(2_000);
      const areas = await pictureAreas(desk.page);
      if (areas.length !== SLOTS.length) throw new Error(`${areas.length} pictures are on screen`);
      await layTiles(anchor, areas);
      const stage = { display, areas, keys: await openKeyClock(desk.page) };
      const beside = {
        display,
        areas: areas.map((area) => ({ ...area, x: area.x + BESIDE })),
        keys: await openKeyClock(anchor.page),
      };
      const firsts: number[] = [];
      const plain = async (urls: readonly string[]) => {
        await arm(anchor, urls);
        return (await leaf(beside, REST, QUIET)).last;
      };
      const hashes = (round: number) => found[round + 1]?.hashes ?? [];
      const values = await interleave(ROUNDS, {
        ours: async () => {
          const { first, last } = await leaf(stage, DWELL, QUIET_OURS);
          firsts.push(first);
          return last;
        },
        floor: () => plain([]),
        files: (round) => plain(hashes(round).map((hash) => pathToFileURL(fileOf(hash)).href)),
        web: (round) => plain(hashes(round).map((hash) => `${far.url}/${hash}`)),
      });
      const counted = (all: readonly number[]) => all.slice(WARM_UP);
      const { ours, floor, files, web } = values;
      return [
        compare(
          'next',
          'ms from the key to the last of 12 pictures on the display',
          counted(ours),
          { floor: counted(floor), files: counted(files), web: counted(web) },
          { oursFirst: Number(median(counted(firsts)).toPrecision(4)) },
        ),
      ];
    } finally {
      await desk.close();
      await anchor.close();
      await far.close();
      await service.stop();
      await display.close();
    }
  });
}
