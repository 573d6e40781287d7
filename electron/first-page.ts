import type { Output, Settings } from '../shared/ipc.ts';

/** What the page shows first, before it has asked main anything. */
export type First = {
  readonly settings: Settings;
  readonly info: Output<'info'>;
};

/** The sign-in as it was drawn when the app was built, by language, theme and what is still to be typed. */
export type Forms = Readonly<Record<string, string>>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');

/** What the sign-in begins with. */
function entryOf({ settings: { service, account }, info: { prefill } }: First) {
  return prefill ?? { service, account, password: '' };
}

/** The sign-in with what is known filled in; empty where none was drawn. Names and marks are those of `prerender.tsx`. */
function formOf(forms: Forms, first: First): string {
  const { service, account, password } = entryOf(first);
  const missing = service === '' ? 'service' : account === '' ? 'account' : password === '' ? 'password' : 'nothing';
  const { version, electron, chromium } = first.info;
  const values: Readonly<Record<string, string>> = { service, account, password, version, electron, chromium };
  const form = forms[`${first.settings.language} ${first.settings.theme} ${missing}`] ?? '';
  return form
    .replace('data-begin=', 'autofocus data-begin=')
    .replace(/__([a-z]+)__/g, (_mark, name: string) => escaped(values[name] ?? ''));
}

/**
 * The built page as it is sent: in its language and theme, and with the sign-in drawn in it, so that it is on screen
 * before any script has run. Without `first` (somebody is signed in already) scripts draw what belongs there.
 */
export function fillPage(
  html: string,
  look: { readonly language: Settings['language']; readonly dark: boolean },
  forms: Forms,
  first: First | null,
): string {
  const root = `<html lang="${look.language}" data-theme="${look.dark ? 'dark' : 'light'}">`;
  const page = html.replace(/<html[^>]*>/, root);
  if (!first) return page;
  // Data, which the content policy lets stand; a `<` could end the element.
  const data = JSON.stringify(first).replaceAll('<', '\\u003c');
  const block = `<script type="application/json" id="first">${data}</script>`;
  return page.replace('<div id="root"></div>', () => `<div id="root">${formOf(forms, first)}</div>${block}`);
}
