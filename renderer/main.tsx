import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { CHANNELS, type Settings } from '../shared/ipc.ts';
import { App } from './App.tsx';
import { call } from './api.ts';
import { watchFrames } from './frames.ts';
import { loadTexts } from './i18n.ts';
import { keys, queries } from './query.ts';
import { earlyChoice } from './sign-in/early.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** What main has put into the page, so that the sign-in needs to ask nothing (`electron/first-page.ts`). */
function takeFirst(): Settings | null {
  const text = document.getElementById('first')?.textContent;
  if (!text) return null;
  const { settings, info } = JSON.parse(text);
  const known = CHANNELS.settings.output.parse(settings);
  queries.setQueryData(keys.settings, known);
  queries.setQueryData(keys.info, CHANNELS.info.output.parse(info));
  queries.setQueryData(keys.session, null);
  return known;
}

// The window of the second screen asks main nothing: it hears from the first.
const second = new URLSearchParams(location.search).get('second');
const first = second === null ? takeFirst() : null;
const language = async () => {
  if (second !== null) return second === 'en' ? 'en' : 'zh-CN';
  if (first) return first.language;
  const settings = await call('settings', undefined);
  queries.setQueryData(keys.settings, settings);
  return settings.language;
};
const texts = await loadTexts(await language());

const page = async () => {
  if (second === null) return <App />;
  const { SecondScreen } = await import('./second/SecondScreen.tsx');
  return <SecondScreen />;
};
const shown = (
  <QueryClientProvider client={queries}>
    <I18nextProvider i18n={texts}>{await page()}</I18nextProvider>
  </QueryClientProvider>
);
// The sign-in stands there already, drawn when the app was built; what was typed into it stays.
if (second === null) watchFrames(() => void call('reopen', undefined));
const early = first && earlyChoice(first);
if (root.hasChildNodes()) hydrateRoot(root, shown);
else createRoot(root).render(shown);
if (early) queries.setQueryData(keys.settings, await call('changeSettings', early));
