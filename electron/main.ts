import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { prefillOf } from '../shared/prefill.ts';
import type { Composed } from './compose.ts';
import { type Front, openFront } from './front.ts';
import { lockContents, SCHEMES } from './security.ts';

// What is imported here runs before Electron is ready: only what opens the window. The desk behind it follows once the
// page is on screen.

// Before `ready`: what can't be changed afterwards.
const { REVIEW_DESK_USER_DATA } = process.env;
if (REVIEW_DESK_USER_DATA) app.setPath('userData', REVIEW_DESK_USER_DATA);
// `enableSandbox` takes `--no-sandbox` back, without which nothing starts as root: there, and only there, it is left out.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// Where there is no graphics card, pages are drawn in tiles of 256 px, and of a leaf beside the window only those near its
// edge. As high as a display, all of them are (`renderer/leafing/leaf.css`).
app.commandLine.appendSwitch('default-tile-height', '2176');
// Chromium 130 draws tiles as jobs of its thread pool. On a busy computer one was never begun while a key was held, and then
// nothing was drawn any more.
app.commandLine.appendSwitch('disable-features', 'UseCompositorJob');
protocol.registerSchemesAsPrivileged(SCHEMES);
lockContents(app);
// Otherwise Electron makes one of its own.
Menu.setApplicationMenu(null);

const folder = dirname(fileURLToPath(import.meta.url));
const info = {
  version: app.getVersion(),
  electron: process.versions.electron ?? '',
  chromium: process.versions.chrome ?? '',
  node: process.versions.node,
  platform: process.platform,
  prefill: prefillOf(process.env),
};
let front: Front | null = null;
let desk: Composed | null = null;
let ending = false;
let ended = false;

/** Loads and joins what stands behind the window. */
async function furnish(behind: Front): Promise<void> {
  const [{ compose }, { readConfig }] = await Promise.all([import('./compose.ts'), import('./config.ts')]);
  const binding = join(process.resourcesPath, 'better_sqlite3.node');
  const config = readConfig(process.env, Number(process.versions.napi ?? 0), binding);
  if (!ending) desk = compose({ app, ipcMain, front: behind, info, config, folder });
}

/** The one way to say that nothing works. */
async function fail(error: unknown): Promise<void> {
  const { problemText } = await import('../shared/problem.ts');
  const { title, next } = problemText('desk.failed', 'zh-CN');
  dialog.showErrorBox(title, `${next}\n${error instanceof Error ? error.name : ''}`);
  app.exit(1);
}

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  app.on('second-instance', () => front?.show());
  app.on('activate', () => front?.show());
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    ending = true;
    if (ended || !desk) return;
    // The databases are closed first, so that the next start finds everything folded in.
    event.preventDefault();
    void desk.close().finally(() => {
      ended = true;
      app.quit();
    });
  });
  // Not awaited: Electron holds `ready` back until the top level of an ES module is through.
  void app
    .whenReady()
    .then(async () => {
      // Without `persist:` it lives in memory alone: nothing of the page reaches the disk.
      const opened = openFront({
        userData: app.getPath('userData'),
        session: session.fromPartition('desk', { cache: true }),
        folder,
        info,
        signedIn: () => desk?.signedIn() ?? false,
      });
      front = opened;
      const furnished = opened.painted.then(() => furnish(opened));
      // The page's first question: until this is answered it asks nothing else.
      ipcMain.handle('desk:ready', () => furnished);
      await furnished;
    })
    .catch(fail);
}
