import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { EyeOff, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot } from '../../shared/ids.ts';
import type { Bench } from '../review/bench.ts';
import { save } from '../review/decide.ts';
import { reviewState } from '../review/state.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { slotName } from '../ui/words.ts';
import { NoteList } from './NoteList.tsx';

/** Whether this account writes notes: reviewers do, whoever reviews the submission and whatever its state; others read. */
export function writesNotes({ signedIn: { account } }: Bench): boolean {
  return account.role === 'reviewer' && account.level !== null;
}

/** 内部备注: all that staff wrote, and a line to add to it. Candidates see none of it. */
export function NotePanel({ bench, slot }: { readonly bench: Bench; readonly slot: Slot | null }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [whole, setWhole] = useState(false);
  const [saving, setSaving] = useState(false);
  const { clear } = reviewState();
  const image = slot ? bench.images.get(slot) : undefined;
  const about = whole || !image ? null : { slot: image.slot, sha256: image.sha256 };

  const write = async () => {
    const words = text.trim();
    if (words === '' || saving) return;
    setSaving(true);
    const saved = await save(client, t, bench, { kind: 'submission.note', image: about, text: words });
    setSaving(false);
    if (saved) clear();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') clear();
    else if (event.key === 'Enter' && !event.shiftKey && event.target instanceof HTMLTextAreaElement) void write();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="picker note-panel"
      role="dialog"
      aria-label={t('note.title')}
      onKeyDown={keys}
      data-testid="note-panel"
    >
      <header>
        <strong>{t('note.title')}</strong>
        <IconButton icon={X} label={t('picker.cancel')} hint="Esc" onClick={clear} />
      </header>
      <p className="note-hidden">
        <EyeOff size={13} aria-hidden /> {t('note.hidden')}
      </p>
      <div className="note-scroll">
        <NoteList bench={bench} />
        {(bench.subject.submission.notes?.length ?? 0) === 0 && <p className="quiet">{t('note.none')}</p>}
      </div>
      {writesNotes(bench) && (
        <>
          {image && (
            <Segmented
              size="small"
              value={whole ? 'whole' : 'image'}
              aria-label={t('note.about')}
              options={[
                { value: 'image', label: slotName(t, image.slot, bench.counts.get(image.material) ?? 1) },
                { value: 'whole', label: t('note.whole') },
              ]}
              onChange={(value) => setWhole(value === 'whole')}
            />
          )}
          <Input.TextArea
            autoFocus
            value={text}
            rows={3}
            maxLength={500}
            placeholder={t('note.placeholder')}
            aria-label={t('note.placeholder')}
            onChange={(event) => setText(event.target.value)}
            data-testid="note-text"
          />
          <footer>
            <span className="quiet">{t('note.hint')}</span>
            <Button
              type="primary"
              disabled={text.trim() === ''}
              loading={saving}
              onClick={() => void write()}
              data-testid="note-save"
            >
              {t('note.save')} <Kbd>↵</Kbd>
            </Button>
          </footer>
        </>
      )}
    </div>
  );
}
