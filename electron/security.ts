import type { App, Session, WebContents } from 'electron';
import { ORIGIN } from './page.ts';

/** Our own schemes; both behave like https addresses, so that origins and CSP hold for them. */
export const SCHEMES = [
  { scheme: 'app', privileges: { standard: true, secure: true } },
  { scheme: 'image', privileges: { standard: true, secure: true, stream: true } },
];

/** Whether an address is the page itself. */
export function isOurAddress(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'app:' && address.startsWith(`${ORIGIN}/`);
}

/** Denies the page everything that it could ask the system for, and every request that isn't to our own schemes. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const { protocol } = new URL(details.url);
    answer({ cancel: protocol !== 'app:' && protocol !== 'image:' && protocol !== 'devtools:' });
  });
}

/** No page leaves its address, opens a window, or holds a webview. */
export function lockContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    const stay = (event: { preventDefault: () => void }) => event.preventDefault();
    contents.on('will-navigate', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-attach-webview', stay);
  });
}
