import { Crosshair, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import { MOST_MARKS, numbered } from '../../shared/mark.ts';
import { Reason } from '../../shared/submission.ts';
import { keyName } from '../actions/command.ts';
import { marksState, useMarks } from '../marks/state.ts';
import { placeName } from '../marks/words.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { reasonName } from '../ui/words.ts';

/** Key that places a mark while reasons are typed. */
export const MARK_KEY = 'Alt+KeyQ';

/** The marks of the return that is being written: what each says, and the way to another. */
export function MarkChips({ chosen }: { readonly chosen: readonly ReasonCode[] }) {
  const { t } = useTranslation();
  const marks = useMarks(({ draft }) => draft?.marks ?? null);
  if (!marks) return null;
  const { place, remove, says } = marksState();
  return (
    <div className="picker-marks" data-testid="picker-marks">
      <button
        type="button"
        className="picker-place"
        disabled={marks.length >= MOST_MARKS}
        onMouseDown={(event) => event.preventDefault()}
        onClick={place}
        data-testid="place-mark"
      >
        <Crosshair size={14} aria-hidden /> {t('marks.place')} <Kbd>{keyName(MARK_KEY)}</Kbd>
      </button>
      {numbered(marks).map(({ mark, number }) => (
        <span key={number} className="picker-mark" data-testid={`picker-mark-${number}`}>
          <b>{number}</b>
          <select
            value={mark.reason ?? ''}
            aria-label={`${number} ${placeName(t, mark)}`}
            onChange={(event) => says(number - 1, event.target.value === '' ? null : Reason.parse(event.target.value))}
          >
            {chosen.map((code) => (
              <option key={code} value={code}>
                {reasonName(t, code)}
              </option>
            ))}
            <option value="">{t('marks.words')}</option>
          </select>
          <IconButton icon={X} label={t('marks.remove')} size={12} onClick={() => remove(number - 1)} />
        </span>
      ))}
    </div>
  );
}
