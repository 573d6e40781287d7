import { useEffect, useState } from 'react';
import type { Settings } from '../shared/ipc.ts';

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** Whether the page is dark now: as set, or as the system has it. Also marks the document for the tokens. */
export function useDark(choice: Settings['theme']): boolean {
  const [system, setSystem] = useState(DARK.matches);
  useEffect(() => {
    const follow = () => setSystem(DARK.matches);
    DARK.addEventListener('change', follow);
    return () => DARK.removeEventListener('change', follow);
  }, []);
  const dark = choice === 'dark' || (choice === 'system' && system);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  return dark;
}
