import { BrowserWindow, type Rectangle, type Session, screen } from 'electron';
import type { Settings } from '../shared/ipc.ts';
import { PAGE } from './page.ts';
import { securePreferences } from './window.ts';

export type SecondWindowOptions = {
  readonly preload: string;
  readonly session: Session;
  /** The desk's window: this one ends with it, and opens on another screen if there is one. */
  readonly first: BrowserWindow;
  readonly language: Settings['language'];
};

/** All of another screen than the first window's, or a part of the only one. */
function placeFor(first: Rectangle): Rectangle {
  const own = screen.getDisplayMatching(first);
  const other = screen.getAllDisplays().find(({ id }) => id !== own.id);
  if (other) return other.workArea;
  const { x, y, width, height } = own.workArea;
  return { x: x + Math.round(width / 2), y, width: Math.round(width / 2), height };
}

/**
 * Opens the window for a second screen: the same page with the same locks, which shows the target large. Calls from it
 * are refused like those of a stranger; the two pages talk with each other alone (`renderer/second/`).
 */
export function openSecondWindow({ preload, session, first, language }: SecondWindowOptions): BrowserWindow {
  const second = new BrowserWindow({
    ...placeFor(first.getBounds()),
    minWidth: 480,
    minHeight: 360,
    title: '审核工作台',
    backgroundColor: '#7b7d80',
    show: false,
    webPreferences: securePreferences(preload, session),
  });
  second.setMenuBarVisibility(false);
  second.once('ready-to-show', () => second.show());
  second.on('page-title-updated', (event) => event.preventDefault());
  const end = () => {
    if (!second.isDestroyed()) second.destroy();
  };
  first.once('closed', end);
  second.once('closed', () => first.removeListener('closed', end));
  // The first page shows everything too: this one simply goes.
  second.webContents.on('render-process-gone', end);
  void second.loadURL(`${PAGE}?second=${language}`);
  return second;
}
