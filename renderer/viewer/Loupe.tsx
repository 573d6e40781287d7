import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { imageUrl } from '../../shared/ipc.ts';
import { filterOf } from './adjust.ts';
import { inside, LOUPE, loupeMover, loupeView } from './loupe.ts';
import { type PaneLook, paneHandles } from './pane-handles.ts';
import { holdTransform, type Point } from './viewport.ts';

type Props = {
  /** Where it begins, and where it goes when the target changes: the middle of this pane. */
  readonly active: number;
};

/** The pane under a point of the window, and the point in it. */
function paneAt(at: Point): { readonly pane: number; readonly at: Point } | null {
  const box = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>('.picture');
  const pane = Number(box?.dataset.pane ?? Number.NaN);
  if (!box || Number.isNaN(pane)) return null;
  const { left, top } = box.getBoundingClientRect();
  return { pane, at: { x: at.x - left, y: at.y - top } };
}

/** A part of the picture under the pointer, or in the middle of the target, in true pixels, doubled. */
export function Loupe({ active }: Props) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const place = useRef<{ pane: number; at: Point } | null>(null);
  const [look, setLook] = useState<PaneLook | null>(null);

  useEffect(() => {
    const paint = () => {
      const now = place.current;
      const seen = now && paneHandles.get(now.pane)?.look();
      if (!now || !seen || !frame.current || !sheet.current) return;
      const { left, top } = seen.box.getBoundingClientRect();
      now.at = inside(now.at, seen.room);
      const view = loupeView(now.at, seen.view, devicePixelRatio);
      frame.current.style.transform = `translate(${left + now.at.x - LOUPE.width / 2}px, ${top + now.at.y - LOUPE.height / 2}px)`;
      sheet.current.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
      setLook((before) => (before?.sha256 === seen.sha256 && before.hold === seen.hold ? before : seen));
    };
    const middle = () => {
      const room = paneHandles.get(active)?.look()?.room;
      if (room) place.current = { pane: active, at: { x: room.width / 2, y: room.height / 2 } };
      paint();
    };
    const follow = (event: PointerEvent) => {
      const under = paneAt({ x: event.clientX, y: event.clientY });
      if (under) place.current = under;
      paint();
    };
    middle();
    const forget = loupeMover.set((dx, dy) => {
      const now = place.current;
      if (now) now.at = { x: now.at.x + dx, y: now.at.y + dy };
      paint();
    });
    const unwatch = paneHandles.watch(paint);
    window.addEventListener('pointermove', follow);
    return () => {
      forget();
      unwatch();
      window.removeEventListener('pointermove', follow);
    };
  }, [active]);

  return (
    <div ref={frame} className="loupe" style={LOUPE} role="img" aria-label={t('loupe.title')} data-testid="loupe">
      <div ref={sheet} className="loupe-sheet">
        {look && (
          <div style={{ ...look.content, position: 'relative' }}>
            <img
              className="picture-image"
              src={imageUrl(look.sha256)}
              alt=""
              style={{
                ...look.natural,
                transform: holdTransform(look.hold, look.natural),
                filter: filterOf(look.hold.adjust),
              }}
              draggable={false}
            />
          </div>
        )}
      </div>
    </div>
  );
}
