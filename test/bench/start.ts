import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { z } from 'zod';
import { closeStores, openStores, profileOf, readKey } from '../../electron/account/profile.ts';
import { readCursor } from '../../electron/store/cursor.ts';
import { notePicture, writeFacts } from '../../electron/store/pictures.ts';
import { launchDesk, ROOT, SANDBOXED } from '../e2e/launch.ts';
import { imageFacts } from '../factories/submission.ts';
import { until } from '../helpers/until.ts';
import { ANCHOR_ARGS, environmentWith } from './anchor.ts';
import { reviewerAt, SIZE } from './desk.ts';
import { type Display, openDisplay } from './display.ts';
import type { Area } from './display-watch.ts';
import { borrowService } from './district.ts';
import { dropCaches } from './drop-cache.ts';
import { fillSubmissions, submissionOf } from './filled-store.ts';
import { withFolder } from './folder.ts';
import { OPENING, openHeadless, SURROUNDINGS } from './headless.ts';
import { openKeyClock } from './key-clock.ts';
import { clock, compare, interleave, type Line, median } from './measure.ts';

/** The service's own candidates, and those that are added to the profile beside them. */
const OWN = 2;
const CACHED = 5_000;
const ROUNDS = 10;
const COLD_ROUNDS = 8;
const QUIET = 700;
const PATIENCE = 15_000;
/** Where the hello is painted. */
const MIDDLE: Area = { x: 400, y: 300, width: 560, height: 160 };

type Started = { readonly child: ChildProcess; readonly end: () => Promise<void> };

function spawnElectron(args: readonly string[], set: Readonly<Record<string, string>>): Started {
  const electron = process.env.ELECTRON_EXEC_PATH ?? join(ROOT, 'node_modules/electron/dist/electron');
  const child = spawn(electron, args, { cwd: ROOT, env: environmentWith(set), stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** From `began` to the last change of an area, ms. */
function lasted(began: number, last: readonly (number | null)[]): number {
  const [at] = last;
  if (at === undefined || at === null) throw new Error('nothing was painted');
  return at - began;
}

async function hello(display: Display, folder: string): Promise<number> {
  const { settled } = await display.watch({ areas: [MIDDLE], quiet: QUIET, patience: PATIENCE });
  const began = clock();
  const { end } = spawnElectron([...ANCHOR_ARGS, '--remote-debugging-port=0'], { REVIEW_DESK_USER_DATA: folder });
  const { last } = await settled;
  await end();
  return lasted(began, last);
}

/** Where the sign-in and the first rows of the queue are painted, away from the blinking caret. */
type Places = { readonly signIn: Area; readonly rows: Area };

/** Looks where things are; the files of the app are in the system's cache afterwards, as on any day but the first. */
async function findPlaces(userData: string, service: string): Promise<Places> {
  const { page, app, close } = await launchDesk({ userData, prefill: reviewerAt(service), size: SIZE });
  try {
    await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setPosition(0, 0));
    const button = page.getByTestId('sign-in');
    await button.waitFor();
    const signIn = await button.boundingBox();
    await button.click();
    const row = page.getByTestId('queue-row').nth(3);
    await row.waitFor();
    const rows = await row.boundingBox();
    if (!signIn || !rows) throw new Error('nothing is painted');
    return { signIn, rows };
  } finally {
    await close();
  }
}

type Parts = { readonly signIn: number; readonly queue: number };

/** A start to the sign-in, and from the Enter key there to the queue; what the person needs to type is not counted. */
async function ours(display: Display, places: Places, userData: string, service: string): Promise<Parts> {
  const { account, password } = reviewerAt(service);
  const portFile = join(userData, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  await writeFile(join(userData, 'window.json'), JSON.stringify({ x: 0, y: 0, ...SIZE, maximised: false }));
  const opening = await display.watch({ areas: [places.signIn], quiet: QUIET, patience: PATIENCE });
  const began = clock();
  const { end } = spawnElectron([...(SANDBOXED ? [] : ['--no-sandbox']), ROOT, '--remote-debugging-port=0'], {
    REVIEW_DESK_USER_DATA: userData,
    REVIEW_DESK_SERVICE: service,
    REVIEW_DESK_SIGN_IN: `${account}:${password}`,
  });
  const signIn = lasted(began, (await opening.settled).last);
  await until('the port is open', () => existsSync(portFile));
  const port = (await readFile(portFile, 'utf8')).split('\n', 1)[0];
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('the desk shows no window');
    await page.getByTestId('password').focus();
    const keys = await openKeyClock(page);
    const { settled } = await display.watch({ areas: [places.rows], quiet: QUIET, patience: PATIENCE });
    const pressed = await keys.press('Enter');
    const queue = lasted(pressed, (await settled).last);
    await page.getByTestId('queue-row').first().waitFor();
    return { signIn, queue };
  } finally {
    await browser.close();
    await end();
  }
}

/** Makes the profile: signed in once, then filled with submissions as many as a reviewer has in a season. */
async function fillProfile(userData: string, url: string): Promise<void> {
  const { account, password } = reviewerAt(url);
  const desk = openHeadless(userData);
  await desk.signIn({ service: url, account, password });
  await until('everything is here', () => desk.status().sync.phase === 'done', 60_000);
  const { view } = desk.work();
  await desk.close();
  const profile = profileOf(userData, new URL(url).origin, account);
  const stores = await openStores(profile, await readKey(profile, password), SURROUNDINGS, OPENING);
  const { epoch } = z.object({ epoch: z.string() }).parse(readCursor(stores.review.read));
  stores.review.transact((db) => {
    for (let index = 0; index < CACHED; index += 1) {
      for (const picture of submissionOf(index).images) {
        notePicture(db, picture);
        writeFacts(db, imageFacts(picture));
      }
    }
    fillSubmissions(db, CACHED, epoch, view);
  });
  await closeStores(stores);
}

/** How long the key of a profile takes to be derived from the password: a figure of security, not of speed. */
async function deriving(userData: string, service: string): Promise<number> {
  const { account, password } = reviewerAt(service);
  const profile = profileOf(userData, new URL(service).origin, account);
  const began = clock();
  await readKey(profile, password);
  return clock() - began;
}

async function measured(bench: string, rounds: number, before: (userData: string) => void): Promise<Line[]> {
  return withFolder(async (folder) => {
    const display = await openDisplay();
    process.env.DISPLAY = display.name;
    const service = await borrowService(folder, OWN);
    try {
      const userData = join(folder, 'desk');
      await fillProfile(userData, service.url);
      const places = await findPlaces(userData, service.url);
      await hello(display, join(folder, 'anchor'));
      const parts: Parts[] = [];
      const values = await interleave(rounds, {
        hello: () => {
          before(join(folder, 'anchor'));
          return hello(display, join(folder, 'anchor'));
        },
        key: () => deriving(userData, service.url),
        ours: async () => {
          before(userData);
          const part = await ours(display, places, userData, service.url);
          parts.push(part);
          return part.signIn + part.queue;
        },
      });
      const figure = (all: readonly number[]) => Math.round(median(all));
      return [
        compare(
          bench,
          'ms to the usable queue, without the typing',
          values.ours,
          { hello: values.hello, helloAndKey: values.hello.map((ms, round) => ms + (values.key[round] ?? 0)) },
          {
            count: CACHED,
            toSignIn: figure(parts.map(({ signIn }) => signIn)),
            signInToQueue: figure(parts.map(({ queue }) => queue)),
            key: figure(values.key),
          },
        ),
        compare(
          `${bench}.signIn`,
          'ms to the sign-in',
          parts.map(({ signIn }) => signIn),
          { hello: values.hello },
        ),
      ];
    } finally {
      await service.stop();
      await display.close();
    }
  });
}

/**
 * `start`: from the start of the process to the usable queue of 5,000 cached submissions, against a window that says hello.
 * The files of both are in the system's cache.
 */
export function start(rounds = ROUNDS): Promise<Line[]> {
  return measured('start', rounds, () => undefined);
}

/** `cold`: the same after the system was asked to forget the files of both. */
export function cold(rounds = COLD_ROUNDS): Promise<Line[]> {
  return measured('cold', rounds, dropCaches);
}
