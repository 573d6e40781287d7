import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow, nativeTheme, type Session } from 'electron';
import type { Output } from '../shared/ipc.ts';
import { type Forms, fillPage } from './first-page.ts';
import { readFirstSettings } from './first-settings.ts';
import { openLog } from './log.ts';
import { servePage } from './page.ts';
import { lockSession } from './security.ts';
import { openWindow } from './window.ts';

export type FrontOptions = {
  readonly userData: string;
  /** In memory: nothing of the page's cache reaches the disk. */
  readonly session: Session;
  /** Folder of the built main process. */
  readonly folder: string;
  readonly info: Output<'info'>;
  /** Whether an account is at work: then the page begins with that, not with the sign-in. */
  readonly signedIn: () => boolean;
};

/** Draws nothing ahead where the built file is amiss: the page's scripts draw the sign-in then. */
function readForms(path: string): Forms {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * The window with its page: all that a start needs before anything is signed in to. It imports nothing heavy, so that the
 * page is painted before the desk behind it is loaded.
 */
export type Front = {
  readonly session: Session;
  readonly preload: string;
  readonly window: () => BrowserWindow | null;
  /** From now on the addresses of pictures are answered. */
  readonly servePictures: (serve: (request: Request) => Response) => void;
  /** The page is on screen, or the window was closed before that. */
  readonly painted: Promise<void>;
  /** Brings the window to the front, a new one if it was closed. */
  readonly show: () => void;
};

/** Locks the session, serves the page from the built folder, and opens the window. */
export function openFront({ userData, session, folder, info, signedIn }: FrontOptions): Front {
  const preload = join(folder, '../preload/preload.cjs');
  const log = openLog(join(userData, 'logs'), () => new Date());
  let window: BrowserWindow | null = null;
  lockSession(session);
  const pages = join(folder, '../renderer');
  const forms = readForms(join(pages, 'sign-in.json'));
  const isDark = (theme: string) => theme === 'dark' || (theme === 'system' && nativeTheme.shouldUseDarkColors);
  const fill = (html: string, address: string) => {
    const settings = readFirstSettings(userData);
    const look = { language: settings.language, dark: isDark(settings.theme) };
    const begins = new URL(address).search === '' && !signedIn();
    return fillPage(html, look, forms, begins ? { settings, info } : null);
  };
  const newNonce = () => randomBytes(16).toString('base64');
  session.protocol.handle('app', servePage(pages, newNonce, fill));
  // A page knows only the schemes that were there when it was opened, so this one is, before there is any picture.
  let pictures: ((request: Request) => Response) | null = null;
  session.protocol.handle('image', (request) => pictures?.(request) ?? new Response(null, { status: 404 }));
  const open = (onPainted: () => void) => {
    const opened = openWindow({
      userData,
      preload,
      session,
      zoom: () => readFirstSettings(userData).zoom / 100,
      dark: isDark(readFirstSettings(userData).theme),
      onPainted,
      onGone: (reason) => log('page.gone', { reason }),
    });
    opened.on('closed', () => {
      window = null;
      onPainted();
    });
    window = opened;
  };
  return {
    session,
    preload,
    window: () => window,
    servePictures: (serve) => {
      pictures = serve;
    },
    painted: new Promise((resolve) => {
      open(resolve);
    }),
    show: () => {
      if (!window) return open(() => undefined);
      if (window.isMinimized()) window.restore();
      window.focus();
    },
  };
}
