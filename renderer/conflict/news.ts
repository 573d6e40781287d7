import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { deskState } from '../desk.ts';

/** Says calmly that decisions were not taken, as it happens: no dialog, no focus taken; the status bar keeps the count. */
export function useConflictNews(parked: number | null): void {
  const { t } = useTranslation();
  const known = useRef<number | null>(null);
  useEffect(() => {
    const before = known.current;
    known.current = parked;
    if (before === null || parked === null || parked <= before) return;
    const { conflicts, notice, say } = deskState();
    // The way back from what was just done must not be covered by it.
    if (conflicts || notice?.undo) return;
    say({ tone: 'done', text: t('conflict.arrived', { count: parked - before }), conflicts: true });
  }, [parked, t]);
}
