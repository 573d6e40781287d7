import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToString } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import type { Output, Settings } from '../../shared/ipc.ts';
import { LANGUAGES, THEMES } from '../../shared/setting-values.ts';
import { loadTexts } from '../i18n.ts';
import { SignInPage } from './SignIn.tsx';

/** Marks in the place of what is known only when the page is sent, and of what is still to be typed nothing. */
const FILLED = { service: '__service__', account: '__account__', password: '__password__' };
const ENTRIES = {
  service: { ...FILLED, service: '' },
  account: { ...FILLED, account: '' },
  password: { ...FILLED, password: '' },
  nothing: FILLED,
};
const VERSIONS = { version: '__version__', electron: '__electron__', chromium: '__chromium__', node: '', platform: '' };

/**
 * Draws the sign-in in every language, theme and state of its fields, when the app is built: main puts the one that fits
 * into the page (`electron/first-page.ts`), and the page's script takes it over as it stands.
 */
export async function prerender(): Promise<Readonly<Record<string, string>>> {
  const forms: Record<string, string> = {};
  for (const language of LANGUAGES) {
    const texts = await loadTexts(language);
    for (const theme of THEMES) {
      for (const [missing, start] of Object.entries(ENTRIES)) {
        const settings: Settings = { language, theme, service: '', account: '', picturesGigabytes: 8, zoom: 100 };
        const info: Output<'info'> = { ...VERSIONS, prefill: { ...start, atOnce: false } };
        forms[`${language} ${theme} ${missing}`] = renderToString(
          <QueryClientProvider client={new QueryClient()}>
            <I18nextProvider i18n={texts}>
              <SignInPage settings={settings} info={info} />
            </I18nextProvider>
          </QueryClientProvider>,
        );
      }
    }
  }
  return forms;
}
