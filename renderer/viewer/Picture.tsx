import { ImageOff } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReactZoomPanPinchRef, TransformComponent, TransformWrapper } from 'react-zoom-pan-pinch';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256 } from '../../shared/ids.ts';
import { imageUrl, SMALL_SIDE } from '../../shared/ipc.ts';
import { filterOf } from './adjust.ts';
import { type PaneHandle, paneHandles } from './pane-handles.ts';
import {
  actualSize,
  fitWhole,
  fitWidth,
  fromRelative,
  type Hold,
  holdTransform,
  MAX_SCALE,
  MIN_SCALE,
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
  onZoom(percent: number): void;
  /** It is on screen, or it was found that it can't be shown. */
  onShown?(): void;
};

const ROOM = { width: '100%', height: '100%' } as const;
/** Wheel: one notch (100) zooms by this factor. */
const NOTCH = 1.25;

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
  const control = useRef<ReactZoomPanPinchRef>(null);
  const [room, setRoom] = useState<Size | null>(null);
  const [loaded, setLoaded] = useState<Size | null>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'broken'>('loading');
  const small = facts?.decodes === 'whole';
  const [whole, setWhole] = useState(!small);
  const [sharp, setSharp] = useState(false);
  useEffect(() => {
    if (state !== 'loading') onShown?.();
  }, [state, onShown]);
  const mode = useRef<'fit' | 'width' | 'free'>('fit');
  const own = useRef(false);
  const natural = loaded ?? shownSize(facts) ?? { width: 1600, height: 1200 };
  const content = useMemo(
    () => turnedSize({ width: natural.width, height: natural.height }, hold.turn),
    [natural.width, natural.height, hold.turn],
  );

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const current = useCallback((): View => {
    const at = control.current?.state;
    return { scale: at?.scale ?? 1, x: at?.positionX ?? 0, y: at?.positionY ?? 0 };
  }, []);
  const show = useCallback(
    (view: View) => {
      own.current = true;
      void control.current?.setTransform(view.x, view.y, view.scale, 0);
      own.current = false;
      if (outgrows(SMALL_SIDE, content, view.scale, devicePixelRatio)) setWhole(true);
      onZoom(zoomPercent(view.scale, devicePixelRatio));
    },
    [onZoom, content],
  );
  const share = useCallback(
    (view: View) => {
      if (linked && room) paneHandles.followAll(pane, toRelative(view, content, room, devicePixelRatio));
    },
    [linked, room, content, pane],
  );

  // Fits again when the pane, the picture or its hold changes; what the reviewer zoomed to stays while it can.
  useLayoutEffect(() => {
    if (!room || room.width === 0) return;
    if (mode.current === 'fit') show(fitWhole(content, room, devicePixelRatio));
    else if (mode.current === 'width') show(fitWidth(content, room));
    else show(settle(current(), content, room));
  }, [room, content, show, current]);

  const handle = useMemo<PaneHandle | null>(() => {
    if (!room) return null;
    const middle: Point = { x: room.width / 2, y: room.height / 2 };
    const free = (view: View) => {
      mode.current = 'free';
      show(view);
      share(view);
    };
    return {
      fit: () => {
        const view = fitWhole(content, room, devicePixelRatio);
        show(view);
        mode.current = 'fit';
        share(view);
      },
      fitWidth: () => {
        const view = fitWidth(content, room);
        show(view);
        mode.current = 'width';
        share(view);
      },
      toggleActual() {
        if (zoomPercent(current().scale, devicePixelRatio) === 100) this.fit();
        else free(actualSize(current(), middle, content, room, devicePixelRatio));
      },
      zoomBy: (factor) => free(zoomTo(current(), current().scale * factor, middle, content, room)),
      panBy: (dx, dy) => {
        const at = current();
        free(settle({ ...at, x: at.x + dx, y: at.y + dy }, content, room));
      },
      follow: (relative) => {
        mode.current = 'free';
        show(fromRelative(relative, content, room, devicePixelRatio));
      },
    };
  }, [room, content, show, share, current]);
  useEffect(() => (handle ? paneHandles.set(pane, handle) : undefined), [handle, pane]);

  // React's wheel listener is passive; the page itself must not scroll or zoom.
  useEffect(() => {
    const element = box.current;
    if (!element || !room) return;
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      const bounds = element.getBoundingClientRect();
      const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
      mode.current = 'free';
      const view = zoomTo(current(), current().scale * NOTCH ** (-event.deltaY / 100), at, content, room);
      show(view);
      share(view);
    };
    element.addEventListener('wheel', zoom, { passive: false });
    return () => element.removeEventListener('wheel', zoom);
  }, [room, content, current, show, share]);

  const toggleAt = (event: { clientX: number; clientY: number }) => {
    if (!room || !box.current) return;
    const bounds = box.current.getBoundingClientRect();
    const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
    if (zoomPercent(current().scale, devicePixelRatio) === 100) handle?.fit();
    else {
      mode.current = 'free';
      const view = actualSize(current(), at, content, room, devicePixelRatio);
      show(view);
      share(view);
    }
  };

  const place = {
    width: natural.width,
    height: natural.height,
    transform: holdTransform(hold),
    filter: filterOf(hold.adjust),
  };
  return (
    <div ref={box} className="picture" onDoubleClick={toggleAt} data-state={state} data-testid={`picture-${pane}`}>
      <TransformWrapper
        ref={control}
        minScale={MIN_SCALE}
        maxScale={MAX_SCALE}
        limitToBounds
        centerZoomedOut
        smooth={false}
        wheel={{ disabled: true, wheelDisabled: true, touchPadDisabled: true }}
        doubleClick={{ disabled: true }}
        panning={{ velocityDisabled: true }}
        autoAlignment={{ disabled: true }}
        velocityAnimation={{ disabled: true }}
        zoomAnimation={{ disabled: true }}
        onTransform={(_, at) => {
          if (own.current) return;
          const view = { scale: at.scale, x: at.positionX, y: at.positionY };
          onZoom(zoomPercent(view.scale, devicePixelRatio));
        }}
        onPanning={() => {
          mode.current = 'free';
          share(current());
        }}
      >
        <TransformComponent wrapperStyle={ROOM} contentClass="picture-content" wrapperClass="picture-room">
          <div style={{ width: content.width, height: content.height, position: 'relative' }}>
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
        </TransformComponent>
      </TransformWrapper>
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
