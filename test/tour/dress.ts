import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LaunchedDesk } from '../e2e/launch.ts';
import { until } from '../helpers/until.ts';

/** How a screen is looked at. At 200 % text there is room for a quarter. */
export type Dressing = {
  readonly size: { readonly width: number; readonly height: number };
  readonly language: 'zh-CN' | 'en';
  readonly theme: 'light' | 'dark';
  readonly zoom: 100 | 200;
};

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;

/** Both sizes, languages and themes; at 200 % text both languages, each in one theme, on the smaller screen. */
const DRESSINGS: readonly Dressing[] = [
  ...SIZES.flatMap((size) =>
    (['zh-CN', 'en'] as const).flatMap((language) =>
      (['light', 'dark'] as const).map((theme) => ({ size, language, theme, zoom: 100 as const })),
    ),
  ),
  { size: SIZES[0], language: 'zh-CN', theme: 'light', zoom: 200 },
  { size: SIZES[0], language: 'en', theme: 'dark', zoom: 200 },
];

/** `1366-zh-CN-light`, and `-200` at that text size. */
export const nameOf = ({ size, language, theme, zoom }: Dressing): string =>
  [size.width, language, theme, ...(zoom === 100 ? [] : [zoom])].join('-');

/** Those whose names begin with one of `only`; all without any. */
export function dressings(only: readonly string[]): readonly Dressing[] {
  const named = (dressing: Dressing) =>
    only.some((one) => (one.endsWith('-200') || dressing.zoom === 100) && nameOf(dressing).startsWith(one));
  return only.length === 0 ? DRESSINGS : DRESSINGS.filter(named);
}

/** Gives the window another size, at once where nothing else moves it, as on a screen without a window manager. */
export async function resize({ app }: LaunchedDesk, { size }: Dressing): Promise<void> {
  await app?.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
}

/** Sets language and theme; the page begins anew. */
export async function dress(desk: LaunchedDesk, { language, theme }: Dressing): Promise<void> {
  await desk.page.evaluate((settings) => window.desk.changeSettings(settings), { language, theme } as never);
  await desk.page.reload();
}

/** Sets the size of text and waits until the page has it. */
async function enlarge({ page }: LaunchedDesk, zoom: 100 | 200, width: number): Promise<void> {
  await page.evaluate((settings) => window.desk.changeSettings(settings), { zoom } as never);
  await page.waitForFunction((wide) => Math.abs(innerWidth - wide) <= 1, (width * 100) / zoom);
}

/** Two frames: what was asked for is painted. */
const painted = ({ page }: LaunchedDesk) =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

/** Dialogs and menus slide in: what is looked at stands still. */
const still = ({ page }: LaunchedDesk) =>
  page.waitForFunction(() =>
    document
      .getAnimations()
      .every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity),
  );

/** Takes a picture of a window as it is on the screen. */
export type Shot = (name: string) => Promise<void>;

/**
 * Who takes pictures of the main window. Hands and eyes of the tour work at 100 %: with larger text each screen is enlarged
 * for its picture alone, which the window's own capture takes, as the test driver reckons without the zoom.
 */
export function photographer(desk: LaunchedDesk, folder: string, dressing: Dressing, taken: string[]): Shot {
  const { app, page } = desk;
  return async (name) => {
    const file = `${nameOf(dressing)}-${name}.png`;
    const path = join(folder, file);
    await still(desk);
    if (dressing.zoom === 100 || !app) {
      await page.screenshot({ path });
    } else {
      const captured = () =>
        app.evaluate(async ({ BrowserWindow }) => {
          const [window] = BrowserWindow.getAllWindows();
          return (await window?.webContents.capturePage())?.toPNG().toString('base64') ?? '';
        });
      const before = await captured();
      await enlarge(desk, dressing.zoom, dressing.size.width);
      await still(desk);
      await painted(desk);
      let png = before;
      // The capture may still be of a frame from before.
      await until('the larger text is drawn', async () => {
        png = await captured();
        return png !== before;
      });
      await writeFile(path, Buffer.from(png, 'base64'));
      await enlarge(desk, 100, dressing.size.width);
    }
    taken.push(file);
  };
}
