import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuGroups } from '../shared/ipc.ts';
import type { MenuBar } from './ipc/handlers.ts';

/** On macOS copying and pasting go through the menu. */
const OWN: MenuItemConstructorOptions[] =
  process.platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }] : [];

/**
 * The application menu: the page's commands with their keys, in its language. The keys stand there to be read; the page
 * alone listens for them, so that none works twice.
 */
export function openMenu(means: {
  readonly window: () => BrowserWindow | null;
  readonly run: (id: string) => void;
}): MenuBar {
  const put = (groups: MenuGroups): void => {
    const own = groups.map(({ label, items }) => ({
      label,
      submenu: items.map(({ id, label: name, key }) => ({
        id,
        label: key === '' ? name : `${name}    ${key}`,
        click: () => means.run(id),
      })),
    }));
    const template = [...OWN, ...own];
    Menu.setApplicationMenu(template.length > 0 ? Menu.buildFromTemplate(template) : null);
    // Setting it shows its bar, which takes room from the pictures; F10 opens it without.
    means.window()?.setMenuBarVisibility(false);
  };
  put([]);
  return {
    set: put,
    show: () => {
      const window = means.window();
      if (window) Menu.getApplicationMenu()?.popup({ window, x: 0, y: 0 });
    },
  };
}
