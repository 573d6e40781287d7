import { useTranslation } from 'react-i18next';
import type { Slot } from '../../shared/ids.ts';
import type { Note } from '../../shared/note.ts';
import type { Bench } from '../review/bench.ts';
import { reviewState } from '../review/state.ts';
import { shortTime } from '../ui/time.ts';
import { slotName } from '../ui/words.ts';
import './notes.css';

function About({ bench, note }: { readonly bench: Bench; readonly note: Note }) {
  const { t } = useTranslation();
  if (!note.image) return null;
  const { slot, sha256 } = note.image;
  const image = bench.images.get(slot);
  const name = slotName(t, slot, bench.counts.get(image?.material ?? 'M99') ?? 1);
  const go = (to: Slot) => reviewState().go(to);
  if (!image) return <b>{name}</b>;
  return (
    <button
      type="button"
      className="note-slot"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => go(slot)}
    >
      {name}
      {image.sha256 === sha256 ? '' : t('note.earlier')}
    </button>
  );
}

/** What staff wrote about a submission, newest first. */
export function NoteList({ bench, most }: { readonly bench: Bench; readonly most?: number }) {
  const { t } = useTranslation();
  const notes = bench.subject.submission.notes ?? [];
  return (
    <ul className="note-list">
      {notes.slice(0, most).map((note) => (
        <li key={note.id} data-testid="note">
          <p className="note-head">
            <span>{note.by?.name ?? bench.signedIn.account.name}</span>
            <span>{t(`reviewLevel.${note.level}`)}</span>
            <span>{shortTime(note.at)}</span>
            <About bench={bench} note={note} />
          </p>
          <p className="selectable note-text">{note.text}</p>
        </li>
      ))}
    </ul>
  );
}
