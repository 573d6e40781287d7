import type { LaunchedDesk } from '../e2e/launch.ts';

/** The sizes, languages and themes in which every screen is looked at. */
export const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
export const LANGUAGES = ['zh-CN', 'en'] as const;
export const THEMES = ['light', 'dark'] as const;

/** Sets language and theme; the page begins anew. */
export async function dress(desk: LaunchedDesk, language: string, theme: string): Promise<void> {
  await desk.page.evaluate((settings) => window.desk.changeSettings(settings), { language, theme } as never);
  await desk.page.reload();
}
