import { join } from 'node:path';
import { _electron, type Page } from 'playwright';
import { ROOT, SANDBOXED } from './launch.ts';

/** A candidate's phone: a plain browser window. */
export type Phone = { readonly page: Page; readonly close: () => Promise<void> };

/** Opens it with a profile folder of its own. */
export async function openPhone(userData: string): Promise<Phone> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const app = await _electron.launch({
    args: [...(SANDBOXED ? [] : ['--no-sandbox']), join(ROOT, 'test/e2e/phone/main.cjs')],
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), REVIEW_DESK_USER_DATA: userData },
  });
  return { page: await app.firstWindow(), close: () => app.close() };
}
