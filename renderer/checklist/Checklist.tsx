import {
  ChevronDown,
  ChevronRight,
  CircleDashed,
  ClipboardCheck,
  Square,
  SquareCheck,
  TriangleAlert,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { pointText } from '../../shared/catalogue/checklist.ts';
import type { Image } from '../../shared/submission.ts';
import { keyOf } from '../actions/command.ts';
import { useMemory } from '../memory.ts';
import type { Bench } from '../review/bench.ts';
import { activeSlot } from '../review/panes.ts';
import { useReview } from '../review/state.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { slotName } from '../ui/words.ts';
import { type Answer, isOpen } from './points.ts';
import { isShown, tick, toggleChecklist, usePoint, usePoints } from './state.ts';
import './checklist.css';

const MARKS: Readonly<Record<Answer, typeof Square>> = {
  checked: ClipboardCheck,
  ticked: SquareCheck,
  trouble: TriangleAlert,
  open: Square,
};

function Points({ bench, image }: { readonly bench: Bench; readonly image: Image }) {
  const { t } = useTranslation();
  const points = usePoints(bench, image);
  const at = usePoint();
  const shown = isShown(useMemory(true).data);
  if (points.length === 0) return null;
  const name = slotName(t, image.slot, bench.counts.get(image.material) ?? 1);
  const open = points.filter(isOpen).length;
  const english = t('language') === 'en';
  return (
    <section className="checklist" aria-label={t('checklist.title')} data-testid="checklist">
      <button
        type="button"
        className="notes-head"
        aria-expanded={shown}
        onMouseDown={(event) => event.preventDefault()}
        onClick={toggleChecklist}
      >
        {shown ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        <strong>{t('checklist.title')}</strong>
        <span className="quiet nowrap">
          {name} {points.length - open}/{points.length}
        </span>
        <span className="bar-space" />
        <Kbd>{keyOf('checklist')}</Kbd>
      </button>
      {shown && (
        <ul>
          {points.map(({ id, answer, required }) => {
            const Mark = required && answer === 'open' ? CircleDashed : MARKS[answer];
            const text = pointText(id);
            return (
              <li key={id}>
                <button
                  type="button"
                  role="checkbox"
                  aria-checked={answer === 'ticked' || answer === 'checked'}
                  aria-current={id === at}
                  title={t(`checklist.${answer}`)}
                  data-answer={answer}
                  data-testid={`point-${id}`}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => tick(bench, image, id)}
                >
                  <Mark size={14} aria-hidden />
                  {english ? text.en : text.zh}
                  {required && <span className="point-required">{t('checklist.required')}</span>}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** What to look for on the target: answered by the checks where they can, ticked by key. One line while it is closed. */
export function Checklist({ bench }: { readonly bench: Bench }) {
  const slot = useReview((review) => activeSlot(review.panes));
  const image = slot ? bench.images.get(slot) : undefined;
  return image ? <Points bench={bench} image={image} /> : null;
}
