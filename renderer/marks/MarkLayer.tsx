import { useEffect, useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import { type Mark, numbered, type Place } from '../../shared/mark.ts';
import { type PaneLook, paneHandles } from '../viewer/pane-handles.ts';
import { toPane } from './place.ts';
import { spokenMarks } from './words.ts';
import './marks.css';

type Said = { readonly reasons: readonly ReasonCode[]; readonly comment: string };

/** What a pane shows now; null before it is on screen. The caller is rendered again whenever the picture moves. */
export function useLook(pane: number): PaneLook | null {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    again();
    return paneHandles.watch((moved) => {
      if (moved === pane) again();
    });
  }, [pane]);
  return paneHandles.get(pane)?.look() ?? null;
}

/** From the picture that was marked to the one on screen, each in parts of its sides. */
type Onto = (place: Place) => Place;
const ITSELF: Onto = (place) => place;

/** The corners of a box in its pane, as a polygon's points. */
function corners(look: PaneLook, { x, y, width = 0, height = 0 }: Mark, onto: Onto): string {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ]
    .map((place) => toPane(look, onto(place)))
    .map((point) => `${point.x},${point.y}`)
    .join(' ');
}

/**
 * Marks over the picture of a pane: they go along with zoom, turn and mirror; their numbers stay upright and of one size.
 * `onto`: where the picture that was marked lies on the one of the pane.
 */
export function MarkLayer({
  pane,
  marks,
  said,
  onto = ITSELF,
}: {
  readonly pane: number;
  readonly marks: readonly Mark[];
  readonly said: Said;
  readonly onto?: Onto;
}) {
  const { t } = useTranslation();
  const look = useLook(pane);
  if (!look) return null;
  return (
    <svg className="marks" role="img" aria-label={spokenMarks(t, marks, said)} data-testid={`marks-${pane}`}>
      {numbered(marks).map(({ mark, number }) => {
        const at = toPane(look, onto(mark));
        const points = mark.width === undefined ? null : corners(look, mark, onto);
        return (
          <g key={number} data-testid={`mark-${number}`}>
            {points && <polygon className="mark-halo" points={points} />}
            {points && <polygon className="mark-box" points={points} />}
            <circle className="mark-halo" cx={at.x} cy={at.y} r={11} />
            <circle className="mark-pin" cx={at.x} cy={at.y} r={10} />
            <text className="mark-number" x={at.x} y={at.y + 4.5}>
              {number}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
