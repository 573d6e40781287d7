import { ImageOff } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256 } from '../../shared/ids.ts';
import { imageUrl, SMALL_SIDE } from '../../shared/ipc.ts';
import { filterOf } from './adjust.ts';
import { GestureSurface } from './GestureSurface.tsx';
import { type PaneHandle, paneHandles } from './pane-handles.ts';
import { watchRoom } from './room.ts';
import {
  actualSize,
  fitWhole,
  fitWidth,
  fromRelative,
  type Hold,
  holdTransform,
  onPixels,
  outgrows,
  type Point,
  type Size,
  settle,
  toRelative,
  turnedSize,
  type View,
  zoomPercent,
  zoomTo,
} from './viewport.ts';

type Props = {
  readonly pane: number;
  readonly sha256: Sha256;
  readonly facts: ImageFacts | undefined;
  readonly hold: Hold;
  readonly name: string;
  readonly linked: boolean;
  /** The zoom figure changed, percent. */
  onZoom?: ((percent: number) => void) | undefined;
  /** It is on screen, or it was found that it can't be shown. */
  onShown?(): void;
};

/** Wheel: one notch (100) zooms by this factor. */
const NOTCH = 1.25;

/** Where a pointer is inside an element, CSS px. */
function within(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/** Size as the browser shows it: EXIF orientations 5 to 8 lie on their side. */
function shownSize(facts: ImageFacts | undefined): Size | null {
  if (!facts || facts.width === 0 || facts.height === 0) return null;
  const { width, height } = facts;
  return facts.orientation >= 5 ? { width: height, height: width } : { width, height };
}

/**
 * One picture that can be zoomed, moved and turned. Small rendition first, so that it is never blank; the whole one as
 * soon as more can be seen in it than in the small one.
 */
export function Picture({ pane, sha256, facts, hold, name, linked, onZoom, onShown }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const held = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState<Size | null>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'broken'>('loading');
  const small = facts?.decodes === 'whole';
  const [whole, setWhole] = useState(!small);
  const [sharp, setSharp] = useState(false);
  const [gripped, setGripped] = useState(false);
  useEffect(() => {
    if (state !== 'loading') onShown?.();
  }, [state, onShown]);
  const { width, height } = loaded ?? shownSize(facts) ?? { width: 1600, height: 1200 };
  const content = useMemo(() => turnedSize({ width, height }, hold.turn), [width, height, hold.turn]);

  // What moves with every wheel notch and drag is written past React: nothing is rendered again for it.
  const mode = useRef<'fit' | 'width' | 'free'>('fit');
  const room = useRef<Size>({ width: 0, height: 0 });
  const view = useRef<View>({ scale: 1, x: 0, y: 0 });
  const now = useRef({ content, linked, onZoom, hold });
  const show = useCallback(
    (wanted: View) => {
      const next = onPixels(wanted, devicePixelRatio);
      view.current = next;
      if (held.current) held.current.style.transform = `translate(${next.x}px, ${next.y}px) scale(${next.scale})`;
      const { content, onZoom } = now.current;
      if (outgrows(SMALL_SIDE, content, next.scale, devicePixelRatio)) setWhole(true);
      onZoom?.(zoomPercent(next.scale, devicePixelRatio));
      paneHandles.moved(pane);
    },
    [pane],
  );
  const share = useCallback(() => {
    const { content, linked } = now.current;
    if (linked) paneHandles.followAll(pane, toRelative(view.current, content, room.current, devicePixelRatio));
  }, [pane]);
  const free = useCallback(
    (next: View) => {
      mode.current = 'free';
      show(next);
      share();
    },
    [show, share],
  );
  /** Fits again; what the reviewer zoomed to stays while it can. */
  const refit = useCallback(() => {
    const { content } = now.current;
    if (room.current.width === 0) return;
    if (mode.current === 'fit') show(fitWhole(content, room.current, devicePixelRatio));
    else if (mode.current === 'width') show(fitWidth(content, room.current));
    else show(settle(view.current, content, room.current));
  }, [show]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    return watchRoom(element, (size) => {
      if (size.width === room.current.width && size.height === room.current.height) return;
      room.current = size;
      refit();
    });
  }, [refit]);
  useLayoutEffect(() => {
    const fitted = now.current.content === content;
    const held = now.current.hold === hold;
    now.current = { content, linked, onZoom, hold };
    if (!fitted) refit();
    else if (!held) paneHandles.moved(pane);
  }, [content, linked, onZoom, hold, refit, pane]);

  const handle = useMemo<PaneHandle>(() => {
    const middle = (): Point => ({ x: room.current.width / 2, y: room.current.height / 2 });
    const content = () => now.current.content;
    const relative = () =>
      room.current.width === 0 ? null : toRelative(view.current, content(), room.current, devicePixelRatio);
    return {
      fit: () => {
        paneHandles.dropOffsets();
        show(fitWhole(content(), room.current, devicePixelRatio));
        mode.current = 'fit';
        share();
      },
      fitWidth: () => {
        paneHandles.dropOffsets();
        show(fitWidth(content(), room.current));
        mode.current = 'width';
        share();
      },
      toggleActual(at = middle()) {
        if (zoomPercent(view.current.scale, devicePixelRatio) === 100) this.fit();
        else free(actualSize(view.current, at, content(), room.current, devicePixelRatio));
      },
      zoomBy: (factor, at = middle()) =>
        free(zoomTo(view.current, view.current.scale * factor, at, content(), room.current)),
      panBy: (dx, dy) => {
        const { scale, x, y } = view.current;
        free(settle({ scale, x: x + dx, y: y + dy }, content(), room.current));
      },
      follow: (relative) => {
        mode.current = 'free';
        show(fromRelative(relative, content(), room.current, devicePixelRatio));
      },
      relative,
      kept: () => {
        const at = mode.current === 'free' ? relative() : null;
        return at && { relative: at, actual: zoomPercent(view.current.scale, devicePixelRatio) === 100 };
      },
      keep: ({ relative, actual }) => {
        mode.current = 'free';
        const next = fromRelative(relative, content(), room.current, devicePixelRatio);
        show(actual ? actualSize(next, middle(), content(), room.current, devicePixelRatio) : next);
      },
      rescale: (from) => {
        if (mode.current !== 'free') return refit();
        const scale = (view.current.scale * from) / devicePixelRatio;
        show(zoomTo(view.current, scale, middle(), content(), room.current));
      },
      look: () => {
        const { hold, content } = now.current;
        if (!box.current || room.current.width === 0) return null;
        return {
          sha256,
          natural: turnedSize(content, hold.turn),
          content,
          hold,
          view: view.current,
          room: room.current,
          box: box.current,
        };
      },
    };
  }, [show, share, free, refit, sha256]);
  useLayoutEffect(() => {
    const kept = paneHandles.keptFor(pane);
    if (kept && room.current.width > 0) handle.keep(kept);
    return paneHandles.set(pane, handle);
  }, [handle, pane]);

  // React's wheel listener is passive; the page itself must not scroll or zoom.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      handle.zoomBy(NOTCH ** (-event.deltaY / 100), within(element, event));
    };
    element.addEventListener('wheel', zoom, { passive: false });
    return () => element.removeEventListener('wheel', zoom);
  }, [handle]);

  const place = {
    width,
    height,
    transform: holdTransform(hold, { width, height }),
    filter: filterOf(hold.adjust),
  };
  return (
    <div
      ref={box}
      className="picture"
      onDoubleClick={(event) => handle.toggleActual(within(event.currentTarget, event))}
      onPointerEnter={() => setGripped(true)}
      data-state={state}
      data-testid={`picture-${pane}`}
      data-pane={pane}
    >
      <div ref={held} className="picture-content" style={{ width: content.width, height: content.height }}>
        {small && !sharp && (
          <img
            className="picture-image"
            src={imageUrl(sha256, 'small')}
            alt={whole ? '' : name}
            style={place}
            draggable={false}
            decoding="sync"
            onLoad={() => !whole && setState('shown')}
            onError={() => setWhole(true)}
          />
        )}
        {whole && (
          <img
            className="picture-image"
            src={imageUrl(sha256)}
            alt={name}
            style={{ ...place, visibility: state === 'broken' ? 'hidden' : 'visible' }}
            draggable={false}
            onLoad={(event) => {
              const { naturalWidth, naturalHeight } = event.currentTarget;
              setLoaded({ width: naturalWidth, height: naturalHeight });
              setSharp(true);
              setState('shown');
            }}
            onError={() => setState('broken')}
          />
        )}
      </div>
      {gripped && <GestureSurface view={view} content={content} onMove={free} />}
      {state === 'broken' && (
        <div className="picture-broken" role="alert">
          <ImageOff size={32} strokeWidth={1.5} aria-hidden />
          <strong>{t('picture.broken')}</strong>
          <span>{t(facts?.format === 'other' ? 'picture.notImage' : 'picture.damaged')}</span>
        </div>
      )}
    </div>
  );
}
