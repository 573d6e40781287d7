import { useEffect, useState } from 'react';
import type { ByPinyin } from '../actions/find-command.ts';

const NEVER: ByPinyin = () => null;
let loaded: ByPinyin | null = null;

/** Compares by pinyin as soon as its table is there: it is large, and read when somebody first searches. */
export function useByPinyin(): ByPinyin {
  const [byPinyin, setByPinyin] = useState<ByPinyin>(() => loaded ?? NEVER);
  useEffect(() => {
    if (loaded) return;
    let wanted = true;
    void import('pinyin-pro').then(({ match }) => {
      loaded = (text, letters) => match(text, letters, { precision: 'start', continuous: true })?.[0] ?? null;
      const found = loaded;
      if (wanted) setByPinyin(() => found);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return byPinyin;
}
