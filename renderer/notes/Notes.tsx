import { MessageSquareLock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../actions/command.ts';
import type { Bench } from '../review/bench.ts';
import { activeSlot } from '../review/panes.ts';
import { reviewState } from '../review/state.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { NoteList } from './NoteList.tsx';

/** The latest notes, in the form's column; nothing where nobody wrote any. */
export function Notes({ bench }: { readonly bench: Bench }) {
  const { t } = useTranslation();
  const count = bench.subject.submission.notes?.length ?? 0;
  if (count === 0) return null;
  const { lay } = reviewState();
  return (
    <section className="notes" aria-label={t('note.title')} data-testid="notes">
      <button
        type="button"
        className="notes-head"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => lay({ kind: 'note', slot: activeSlot(reviewState().panes) })}
      >
        <MessageSquareLock size={14} aria-hidden />
        <strong>{t('note.title')}</strong>
        <span className="quiet">{count}</span>
        <span className="bar-space" />
        <Kbd>{keyOf('note')}</Kbd>
      </button>
      <NoteList bench={bench} most={2} />
    </section>
  );
}
