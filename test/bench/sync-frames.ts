import { rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type LaunchedDesk, launchDesk } from '../e2e/launch.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { until } from '../helpers/until.ts';
import { reviewerAt, SIZE } from './desk.ts';
import { openDisplay } from './display.ts';
import { borrowService } from './district.ts';
import { withFolder } from './folder.ts';
import { compare, type Line, median, quantile } from './measure.ts';

/** 2,004 pictures. */
const CANDIDATES = 167;
const ROUNDS = 3;
/** How long the window is left alone to tell how it does without synchronising, ms. */
const IDLE = 5_000;
const PATIENCE = 300_000;

type Blocked = { readonly frames: readonly number[]; readonly loopP99: number; readonly loopMax: number };

/**
 * Begins to note how far apart the page's frames are, and how late main's event loop is. Frames are noted until the
 * synchronisation is over: what the page then builds is another screen.
 */
async function begin({ page, app }: LaunchedDesk): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    let syncing = true;
    window.desk.onStatus(({ sync }) => {
      syncing &&= sync.phase !== 'done';
    });
    const next = (at: number) => {
      if (syncing) frames.push(at - last);
      last = at;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(window, {
      benchFrames: frames,
      // At rest frames are noted again.
      benchGoOn: () => {
        syncing = true;
        last = performance.now();
      },
    });
  });
  await app?.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 2 });
    delay.enable();
    Object.assign(globalThis, { benchDelay: delay });
  });
}

/** What was noted since the beginning, or since the last time. */
async function blocked({ page, app }: LaunchedDesk): Promise<Blocked> {
  const frames = await page.evaluate(() => (Reflect.get(window, 'benchFrames') as number[]).splice(0));
  const loop = await app?.evaluate(() => {
    const delay = Reflect.get(globalThis, 'benchDelay') as ReturnType<
      typeof import('node:perf_hooks').monitorEventLoopDelay
    >;
    const seen = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
    delay.reset();
    return seen;
  });
  // The first gap reaches back before the beginning.
  return { frames: frames.slice(1), loopP99: loop?.p99 ?? 0, loopMax: loop?.max ?? 0 };
}

const isDone = ({ page }: LaunchedDesk) =>
  page.evaluate(async () => {
    const status = await window.desk.status(undefined);
    return status.ok && status.value.sync.phase === 'done';
  });

/** `sync-frames`: how the page and main's event loop do during a first synchronisation, against the same window at rest. */
export async function syncFrames(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const display = await openDisplay();
    process.env.DISPLAY = display.name;
    const service = await borrowService(folder, CANDIDATES);
    const seen: Blocked[] = [];
    const rest: Blocked[] = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const userData = join(folder, `desk-${round}`);
        const desk = await launchDesk({ userData, prefill: reviewerAt(service.url), size: SIZE });
        await new SignInPage(desk.page).shown();
        await desk.page.getByTestId('sign-in').click();
        await desk.page.getByTestId('first-sync').waitFor();
        await begin(desk);
        await until('all is here', () => isDone(desk), PATIENCE);
        seen.push(await blocked(desk));
        await desk.page.evaluate(() => (Reflect.get(window, 'benchGoOn') as () => void)());
        await pause(IDLE);
        rest.push(await blocked(desk));
        await desk.close();
        await rm(userData, { recursive: true });
      }
    } finally {
      await service.stop();
      await display.close();
    }
    const p99 = (all: readonly Blocked[]) => all.map(({ frames }) => quantile(frames, 0.99));
    const middle = (values: readonly number[]) => Number(median(values).toPrecision(3));
    return [
      compare(
        'sync-frames',
        'ms between two frames, p99',
        p99(seen),
        { atRest: p99(rest) },
        {
          frames: seen.map(({ frames }) => frames.length),
          longestFrameMs: middle(seen.map(({ frames }) => Math.max(...frames))),
          framesOver50Ms: seen.map(({ frames }) => frames.filter((gap) => gap > 50).length),
          eventLoopP99Ms: middle(seen.map(({ loopP99 }) => loopP99)),
          eventLoopLongestMs: middle(seen.map(({ loopMax }) => loopMax)),
          eventLoopLongestAtRestMs: middle(rest.map(({ loopMax }) => loopMax)),
          load: Number((loadavg()[0] ?? 0).toPrecision(2)),
        },
      ),
    ];
  });
}
