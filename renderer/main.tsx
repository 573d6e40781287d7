import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './App.tsx';
import { call } from './api.ts';
import { loadTexts } from './i18n.ts';
import { keys, queries } from './query.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const settings = await call('settings', undefined);
queries.setQueryData(keys.settings, settings);
const texts = await loadTexts(settings.language);

createRoot(root).render(
  <QueryClientProvider client={queries}>
    <I18nextProvider i18n={texts}>
      <App />
    </I18nextProvider>
  </QueryClientProvider>,
);
