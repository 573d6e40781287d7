import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { ROOT, SANDBOXED } from '../e2e/launch.ts';

/** Arguments with which the anchor's window is started in the Electron at hand. */
export const ANCHOR_ARGS = [...(SANDBOXED ? [] : ['--no-sandbox']), join(ROOT, 'test/bench/anchor/main.cjs')];

/** What this process passes on to windows that it starts, with what is set besides. */
export function environmentWith(set: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(inherited), ...set };
}

/** A window of the same size in the same Electron with nothing of ours in it. */
export type Anchor = { readonly page: Page; readonly app: ElectronApplication; readonly close: () => Promise<void> };

/** Opens it beside ours. */
export async function openAnchor(userData: string, page: 'hello' | 'tiles', x: number): Promise<Anchor> {
  const app = await _electron.launch({
    args: ANCHOR_ARGS,
    cwd: ROOT,
    env: environmentWith({
      REVIEW_DESK_USER_DATA: userData,
      REVIEW_DESK_BENCH_PAGE: page,
      REVIEW_DESK_BENCH_X: String(x),
    }),
  });
  return { page: await app.firstWindow(), app, close: () => app.close() };
}
