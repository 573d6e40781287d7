import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256 } from '../../shared/ids.ts';
import { imageUrl } from '../../shared/ipc.ts';
import type { Place } from '../../shared/mark.ts';
import { move, type Similarity } from '../../shared/similarity.ts';
import type { EarlierImage } from '../../shared/submission.ts';
import { MarkLayer } from '../marks/MarkLayer.tsx';
import { Picture } from '../viewer/Picture.tsx';
import { paneHandles } from '../viewer/pane-handles.ts';
import { type Hold, holdTransform, type Size } from '../viewer/viewport.ts';
import { type Look, useLooks } from './looks.ts';

/** Each of the two is seen for so long, ms: below three changes a second. */
const BLINK = 700;
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

type Props = {
  readonly pane: number;
  readonly look: Exclude<Look, 'sides'>;
  /** With the places that were complained about: they are drawn where they lie on the new picture. */
  readonly before: EarlierImage;
  readonly now: Sha256;
  readonly facts: ImageFacts | undefined;
  readonly hold: Hold;
  /** From the earlier picture to the new one. */
  readonly similarity: Similarity;
};

/** The edge between the two, which can be dragged. */
function Edge() {
  const { t } = useTranslation();
  const edge = useLooks((looks) => looks.edge);
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const room = event.currentTarget.parentElement?.getBoundingClientRect();
    if (room) useLooks.getState().slide(((event.clientX - room.left) / room.width) * 100);
  };
  return (
    <div
      className="overlaid-edge"
      style={{ left: `${edge}%` }}
      role="slider"
      tabIndex={-1}
      aria-label={t('compare.edge')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(edge)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      data-testid="compare-edge"
    />
  );
}

/** The earlier picture laid on the new one: beside each other over an edge, in turns, or what differs. */
export function Overlaid({ pane, look, before, now, facts, hold, similarity }: Props) {
  const { t } = useTranslation();
  const edge = useLooks((looks) => looks.edge);
  const flipped = useLooks((looks) => looks.flipped);
  const auto = useLooks((looks) => looks.auto);
  const over = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  const [beforeSize, setBeforeSize] = useState<Size | null>(null);

  useEffect(() => {
    if (look !== 'blink' || !auto || STILL.matches) return;
    const timer = setInterval(() => useLooks.getState().tick(), BLINK);
    return () => clearInterval(timer);
  }, [look, auto]);

  // The edge stands still in the pane while the pictures move under it.
  useLayoutEffect(() => {
    const cut = () => {
      const seen = paneHandles.get(pane)?.look();
      if (!seen) return;
      setSize((known) =>
        known?.width === seen.natural.width && known.height === seen.natural.height ? known : seen.natural,
      );
      if (!over.current) return;
      const { view, room, content } = seen;
      const right = content.width - ((edge / 100) * room.width - view.x) / view.scale;
      over.current.style.clipPath = look === 'swipe' ? `inset(-9999px ${right}px -9999px -9999px)` : '';
    };
    cut();
    return paneHandles.watch((moved) => moved === pane && cut());
  }, [pane, look, edge]);

  const { a, b, x, y } = similarity;
  const laid = (
    <div
      ref={over}
      className="overlaid-before"
      style={{ visibility: look === 'blink' && !flipped ? 'hidden' : 'visible' }}
    >
      <div className="overlaid-sheet" style={size ? { transform: holdTransform(hold, size) } : { display: 'none' }}>
        <img
          src={imageUrl(before.sha256)}
          alt={t('compare.before')}
          style={{ transform: `matrix(${a}, ${b}, ${-b}, ${a}, ${x}, ${y})` }}
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setBeforeSize({ width: naturalWidth, height: naturalHeight })
          }
        />
      </div>
    </div>
  );
  const marks = before.marks ?? [];
  const onto = (place: Place): Place => {
    if (!size || !beforeSize) return place;
    const at = move(similarity, place.x * beforeSize.width, place.y * beforeSize.height);
    return { x: at.x / size.width, y: at.y / size.height };
  };
  return (
    <div className="overlaid" data-look={look} data-testid="overlaid">
      <Picture
        key={now}
        pane={pane}
        sha256={now}
        facts={facts}
        hold={hold}
        name={t('compare.after')}
        linked={false}
        laid={laid}
      >
        {size && beforeSize && marks.length > 0 && <MarkLayer pane={pane} marks={marks} said={before} onto={onto} />}
      </Picture>
      {look === 'swipe' && <Edge />}
      {look === 'swipe' && (
        <>
          <span className="overlaid-label overlaid-left">{t('compare.before')}</span>
          <span className="overlaid-label overlaid-right">{t('compare.after')}</span>
        </>
      )}
      {look === 'blink' && (
        <span className="overlaid-label overlaid-left" data-testid="compare-shown">
          {t(flipped ? 'compare.before' : 'compare.after')}
        </span>
      )}
      {look === 'difference' && <span className="overlaid-label overlaid-left">{t('compare.differs')}</span>}
    </div>
  );
}
