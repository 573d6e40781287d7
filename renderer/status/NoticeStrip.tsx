import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../actions/command.ts';
import { deskState, useDesk } from '../desk.ts';
import { redoLast, undoLast } from '../review/undo.ts';
import { Kbd } from '../ui/Kbd.tsx';

/** How long a notice stays, ms: a problem longer, so that it can be read. */
const STAYS = { done: 4000, problem: 9000 } as const;

/** What was just done, with the way back; never a dialog, never in the way. */
export function NoticeStrip() {
  const { t } = useTranslation();
  const notice = useDesk((desk) => desk.notice);
  const hush = useDesk((desk) => desk.hush);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => hush(notice.id), STAYS[notice.tone]);
    return () => clearTimeout(timer);
  }, [notice, hush]);
  return (
    <div aria-live="polite">
      {notice && (
        <div className={`notice notice-${notice.tone}`} data-testid="notice">
          <span>
            {notice.text}
            {notice.detail && <small>{notice.detail}</small>}
          </span>
          {notice.conflicts && (
            <button type="button" onClick={() => deskState().openConflicts(null)} data-testid="notice-conflicts">
              {t('conflict.lookNow')} <Kbd>{keyOf('conflicts')}</Kbd>
            </button>
          )}
          {notice.undo && (
            <button type="button" onClick={() => void undoLast(t, null)} data-testid="notice-undo">
              {t('decide.undo')} <Kbd>{keyOf('undo')}</Kbd>
            </button>
          )}
          {notice.redo && (
            <button type="button" onClick={() => void redoLast(t)} data-testid="notice-redo">
              {t('command.redo')} <Kbd>{keyOf('redo')}</Kbd>
            </button>
          )}
        </div>
      )}
    </div>
  );
}
