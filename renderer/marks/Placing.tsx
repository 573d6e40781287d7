import { type PointerEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { paneHandles } from '../viewer/pane-handles.ts';
import type { Point } from '../viewer/viewport.ts';
import { useLook } from './MarkLayer.tsx';
import { toPane, toPicture } from './place.ts';
import { marksState, type Placing as Place } from './state.ts';
import { placeName } from './words.ts';

/** One arrow key press moves the cross hairs by this, CSS px; with Shift by the fine step. */
const STEP = 24;
const FINE = 3;
const ZOOM = 1.25;

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  Numpad4: { x: -1, y: 0 },
  Numpad6: { x: 1, y: 0 },
  Numpad8: { x: 0, y: -1 },
  Numpad2: { x: 0, y: 1 },
};

/** Moves the cross hairs as seen on the screen, however the picture is held, and the picture after them where they leave it. */
function moveBy(pane: number, by: Point): void {
  const handle = paneHandles.get(pane);
  const look = handle?.look();
  const { placing, move } = marksState();
  if (!handle || !look || !placing) return;
  const from = toPane(look, placing.at);
  const to = { x: from.x + by.x, y: from.y + by.y };
  move(toPicture(look, to));
  const out = {
    x: to.x < 0 ? -to.x : Math.min(0, look.room.width - to.x),
    y: to.y < 0 ? -to.y : Math.min(0, look.room.height - to.y),
  };
  if (out.x !== 0 || out.y !== 0) handle.panBy(out.x, out.y);
}

/** All keys are the cross hairs' own while a mark is being placed. */
function useKeysOfPlacing(pane: number, reason: ReasonCode | null): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const arrow = ARROWS[event.code];
      const { set, stop } = marksState();
      const handle = paneHandles.get(pane);
      if (arrow) {
        const step = event.shiftKey ? FINE : STEP;
        moveBy(pane, { x: arrow.x * step, y: arrow.y * step });
      } else if (event.key === 'Enter' || event.code === 'Space') {
        if (!event.repeat) set(reason);
      } else if (event.key === 'Escape') stop();
      else if (event.code === 'Equal' || event.code === 'NumpadMultiply') handle?.zoomBy(ZOOM);
      else if (event.code === 'Minus' || event.code === 'NumpadDivide') handle?.zoomBy(1 / ZOOM);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [pane, reason]);
}

/** Cross hairs over a picture: arrows and Enter, or the mouse by a click for a pin and a drag for a box. */
export function Placing({
  pane,
  placing,
  reason,
}: {
  readonly pane: number;
  readonly placing: Place;
  readonly reason: ReasonCode | null;
}) {
  const { t } = useTranslation();
  const look = useLook(pane);
  const drags = useRef(false);
  useKeysOfPlacing(pane, reason);
  useEffect(() => {
    // Where the reviewer looks is where the mark will be.
    const seen = paneHandles.get(pane)?.look();
    if (seen) marksState().move(toPicture(seen, { x: seen.room.width / 2, y: seen.room.height / 2 }));
  }, [pane]);
  if (!look) return null;
  const at = toPane(look, placing.at);
  const first = placing.first && toPane(look, placing.first);
  const point = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    marksState().move(toPicture(look, { x: clientX - left, y: clientY - top }));
  };
  const down = (event: PointerEvent<HTMLDivElement>) => {
    event.stopPropagation();
    // The focus stays where the reasons are typed.
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drags.current = true;
    point(event);
    if (!placing.first) marksState().set(reason);
  };
  const up = (event: PointerEvent) => {
    event.stopPropagation();
    if (!drags.current) return;
    drags.current = false;
    point(event);
    marksState().set(reason);
  };
  return (
    <div
      className="placing"
      onPointerDown={down}
      onPointerMove={point}
      onPointerUp={up}
      onMouseDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      data-testid="placing"
    >
      <svg aria-hidden>
        {first && (
          <rect
            className="placing-area"
            x={Math.min(first.x, at.x)}
            y={Math.min(first.y, at.y)}
            width={Math.abs(first.x - at.x)}
            height={Math.abs(first.y - at.y)}
          />
        )}
        <line className="placing-line" x1={0} x2={look.room.width} y1={at.y} y2={at.y} />
        <line className="placing-line" x1={at.x} x2={at.x} y1={0} y2={look.room.height} />
      </svg>
      <div className="placing-hint" role="status">
        {t(placing.first ? 'marks.second' : 'marks.first')}
        <span>{placeName(t, placing.at)}</span>
        <Kbd>↑↓←→</Kbd>
        <Kbd>↵</Kbd>
        <Kbd>Esc</Kbd>
      </div>
    </div>
  );
}
