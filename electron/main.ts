import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, ipcMain, protocol, session } from 'electron';
import { problemText } from '../shared/problem.ts';
import { type Composed, compose } from './compose.ts';
import { readConfig } from './config.ts';
import { keepHeapsSmall } from './heap.ts';
import { lockContents, SCHEMES } from './security.ts';

// Before `ready`: what can't be changed afterwards.
const config = readConfig(
  process.env,
  Number(process.versions.napi ?? 0),
  join(process.resourcesPath, 'better_sqlite3.node'),
);
if (config.userData !== null) app.setPath('userData', config.userData);
// `enableSandbox` takes `--no-sandbox` back, without which nothing starts as root: there, and only there, it is left out.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged(SCHEMES);
lockContents(app);
keepHeapsSmall(app);

let desk: Composed | null = null;
let ended = false;

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  app.on('second-instance', () => desk?.show());
  app.on('activate', () => desk?.show());
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
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
    .then(() => {
      desk = compose({
        app,
        ipcMain,
        // Without `persist:` it lives in memory alone: nothing of the page reaches the disk.
        session: session.fromPartition('desk', { cache: true }),
        config,
        folder: dirname(fileURLToPath(import.meta.url)),
      });
    })
    .catch((error: unknown) => {
      const { title, next } = problemText('desk.failed', 'zh-CN');
      dialog.showErrorBox(title, `${next}\n${error instanceof Error ? error.name : ''}`);
      app.exit(1);
    });
}
