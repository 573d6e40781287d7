import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserWindow, type Session, screen, type WebPreferences } from 'electron';
import { PAGE } from './page.ts';
import { replaceFile } from './write-file.ts';

type Place = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximised: boolean;
};

const LEAST = { width: 1024, height: 640 } as const;
const USUAL = { width: 1366, height: 768 } as const;

/** `--bg` of renderer/styles/tokens.css: what is seen before the page is. */
const GROUND = { light: '#f4f5f6', dark: '#17191c' } as const;

export type WindowOptions = {
  readonly userData: string;
  readonly preload: string;
  readonly session: Session;
  /** Size of everything in the page, 1 as it is. */
  readonly zoom: () => number;
  readonly dark: boolean;
  /** The page is on screen, or will be without anything else being loaded. */
  readonly onPainted: () => void;
  /** The page's process has ended, and why. */
  readonly onGone: (reason: string) => void;
};

/** Parsed by hand: a schema takes longer to load than the page to be painted. */
function parsePlace(read: Readonly<Record<string, unknown>>): Place | null {
  const { x, y, width, height, maximised } = read;
  const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height) || typeof maximised !== 'boolean') return null;
  return { x, y, width, height, maximised };
}

function readPlace(path: string): Place | null {
  try {
    const place = existsSync(path) ? parsePlace({ ...JSON.parse(readFileSync(path, 'utf8')) }) : null;
    return place && isVisible(place) ? place : null;
  } catch {
    return null;
  }
}

/** A screen may have been unplugged since: the window must not open where nobody sees it. */
function isVisible({ x, y, width, height }: Place): boolean {
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
  const down = Math.min(y + height, workArea.y + workArea.height) - Math.max(y, workArea.y);
  return across >= LEAST.width / 2 && down >= LEAST.height / 2;
}

/** What a page of ours may: the same in every window. */
export function securePreferences(preload: string, session: Session): WebPreferences {
  return {
    preload,
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    enableWebSQL: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    disableDialogs: true,
    safeDialogs: true,
  };
}

/** Opens the desk's window where it last was. The page in it is sandboxed and has nothing of Node. */
export function openWindow({
  userData,
  preload,
  session,
  zoom,
  dark,
  onPainted,
  onGone,
}: WindowOptions): BrowserWindow {
  const path = join(userData, 'window.json');
  const place = readPlace(path);
  const window = new BrowserWindow({
    ...(place ? { x: place.x, y: place.y, width: place.width, height: place.height } : USUAL),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: '审核工作台',
    backgroundColor: dark ? GROUND.dark : GROUND.light,
    show: false,
    webPreferences: { ...securePreferences(preload, session), zoomFactor: zoom() },
  });
  // The menu takes no room from the pictures: a key opens it (`menu.ts`).
  window.setMenuBarVisibility(false);
  if (place?.maximised) window.maximize();
  const show = () => {
    if (!window.isVisible()) window.show();
    onPainted();
  };
  window.once('ready-to-show', show);
  window.webContents.on('did-finish-load', () => {
    window.webContents.setZoomFactor(zoom());
    // Where the graphics process has just died, the first paint may never be told.
    show();
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', () => {
    replaceFile(path, `${JSON.stringify({ ...window.getNormalBounds(), maximised: window.isMaximized() })}\n`);
  });
  // The page keeps nothing that main doesn't have: a new one goes on where the old one ended.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    onGone(reason);
    if (reason !== 'clean-exit' && !window.isDestroyed()) void window.loadURL(PAGE);
  });
  void window.loadURL(PAGE);
  return window;
}
