import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type App, type BrowserWindow, dialog, type IpcMain, safeStorage } from 'electron';
import { uuidv7 } from 'uuidv7';
import { DecisionId } from '../shared/ids.ts';
import type { Output } from '../shared/ipc.ts';
import { systemSealOf } from './account/system-seal.ts';
import type { readConfig } from './config.ts';
import { PAPER } from './export/exports.ts';
import { Failure } from './failure.ts';
import type { Front } from './front.ts';
import { openAligner, startAlignProcess } from './images/align-host.ts';
import { atATime, openIntake } from './images/intake-host.ts';
import { startIntakeProcess } from './images/intake-process.ts';
import { serveImages } from './images/protocol.ts';
import { openEvents } from './ipc/events.ts';
import { handlersOf } from './ipc/handlers.ts';
import { registerChannels } from './ipc/register.ts';
import { openKeysFile } from './keys-file.ts';
import { openLog } from './log.ts';
import { openMenu } from './menu.ts';
import { openSecondWindow } from './second-window.ts';
import { isOurAddress } from './security.ts';
import { systemWay } from './sync/way.ts';
import { Workstation } from './workstation.ts';
import { replaceFile } from './write-file.ts';

/** How long a desk that was opened is left in peace before its backup is made, ms. */
const BACKUP_AFTER = 20_000;
/** Longest that one picture may be looked at, ms. */
const INTAKE_PATIENCE = 20_000;
/** Longest that a comparison waits for two pictures to be aligned, ms. */
const ALIGN_PATIENCE = 30_000;

export type ComposeOptions = {
  readonly app: App;
  readonly ipcMain: IpcMain;
  readonly front: Front;
  readonly info: Output<'info'>;
  readonly config: ReturnType<typeof readConfig>;
  /** Folder of the built main process. */
  readonly folder: string;
};

/** The running desk. */
export type Composed = {
  /** Whether an account is at work. */
  readonly signedIn: () => boolean;
  readonly close: () => Promise<void>;
};

/** Builds all parts behind the window and joins them. */
export function compose({ app, ipcMain, front, info, config, folder }: ComposeOptions): Composed {
  const { session, preload } = front;
  const userData = app.getPath('userData');
  const log = openLog(join(userData, 'logs'), () => new Date());
  let second: BrowserWindow | null = null;
  const tell = (event: string, payload: unknown) => {
    const window = front.window();
    if (window && !window.isDestroyed()) window.webContents.send(`desk:${event}`, payload);
  };
  const events = openEvents({
    sendChanged: (event) => tell('changed', event),
    sendStatus: (status) => tell('status', status),
    status: () => desk.status(),
  });
  const desk = new Workstation({
    userData,
    surroundings: {
      binding: config.binding,
      imagesWriter: pathToFileURL(join(folder, 'images-writer.js')),
      backupWriter: pathToFileURL(join(folder, 'backup-writer.js')),
      recordsReader: pathToFileURL(join(folder, 'records-reader.js')),
      backupAfter: BACKUP_AFTER,
      seal: () => systemSealOf(safeStorage, process.platform),
    },
    openIntake: () => openIntake(() => startIntakeProcess(folder), { patience: INTAKE_PATIENCE, together: atATime() }),
    holds: config.holds,
    now: () => new Date(),
    random: Math.random,
    newDecisionId: () => DecisionId.parse(uuidv7()),
    newDevice: randomUUID,
    announce: events.announce,
    onStatus: events.onStatus,
    log,
    way: systemWay(userData, log, (url) => session.resolveProxy(url)),
  });
  const surface = {
    menu: openMenu({ window: front.window, run: (id) => tell('command', { id }) }),
    setZoom: (factor: number) => front.window()?.webContents.setZoomFactor(factor),
    saveText: async (name: string, text: string): Promise<boolean> => {
      const options = { defaultPath: join(app.getPath('documents'), name) };
      const window = front.window();
      const asked = window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options);
      const { canceled, filePath } = await asked;
      if (canceled || !filePath) return false;
      replaceFile(filePath, text);
      return true;
    },
    openText: () => openKeysFile(front.window()),
    // What hangs is beneath the page: only another process draws again. `window.ts` opens it where this one was.
    reopen: () => front.window()?.webContents.forcefullyCrashRenderer(),
    secondScreen: () => {
      const window = front.window();
      if (second) {
        second.close();
      } else if (window) {
        second = openSecondWindow({ preload, session, first: window, language: desk.language() });
        second.on('closed', () => {
          second = null;
        });
      }
    },
    whereTo: async (name: string, extension: string): Promise<string | null> => {
      const filters = [{ name: extension.toUpperCase(), extensions: [extension] }];
      const options = { defaultPath: join(app.getPath('documents'), name), filters };
      const window = front.window();
      const asked = window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options);
      const { canceled, filePath } = await asked;
      return canceled || !filePath ? null : filePath;
    },
    pdf: async (): Promise<Uint8Array> => {
      const window = front.window();
      if (!window) throw new Failure('desk.failed', 'no window');
      // The window's own colour would stand in the margins.
      const colour = window.getBackgroundColor();
      window.setBackgroundColor('#ffffff');
      try {
        return await window.webContents.printToPDF(PAPER);
      } finally {
        window.setBackgroundColor(colour);
      }
    },
    align: openAligner(() => startAlignProcess(folder), ALIGN_PATIENCE),
  };
  front.servePictures(serveImages(desk));
  registerChannels({
    ipcMain,
    handlers: handlersOf(desk, info, surface),
    isOurs: ({ sender, senderFrame }) => {
      const contents = front.window()?.webContents;
      return (
        senderFrame !== null &&
        sender === contents &&
        senderFrame === contents.mainFrame &&
        isOurAddress(senderFrame.url)
      );
    },
    language: () => desk.language(),
    log,
  });
  log('desk.started', { version: info.version, electron: info.electron });
  return {
    signedIn: () => desk.session() !== null,
    close: async () => {
      await desk.close();
      log('desk.ended');
    },
  };
}
