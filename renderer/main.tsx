import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import './styles/tokens.css';
import './styles/base.css';
import './styles/large-text.css';
import { App } from './App.tsx';
import { call } from './api.ts';
import { loadTexts } from './i18n.ts';
import { keys, queries } from './query.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// The window of the second screen asks main nothing: it hears from the first.
const second = new URLSearchParams(location.search).get('second');
const language = async () => {
  if (second !== null) return second === 'en' ? 'en' : 'zh-CN';
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
const shown = await page();

createRoot(root).render(
  <QueryClientProvider client={queries}>
    <I18nextProvider i18n={texts}>{shown}</I18nextProvider>
  </QueryClientProvider>,
);
