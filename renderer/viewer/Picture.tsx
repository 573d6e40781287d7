import { ImageOff } from 'lucide-react';
import {
  type ReactNode,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256 } from '../../shared/ids.ts';
import { imageUrl } from '../../shared/ipc.ts';
import { filterOf } from './adjust.ts';
import { GestureSurface } from './GestureSurface.tsx';
import { type PaneHandle, paneHandles } from './pane-handles.ts';
import { watchRoom, within } from './room.ts';
import { useTile } from './use-tile.ts';
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
  shownSize,
  tileSize,
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
  /**
   * It is likely to be zoomed: the whole picture is read before anybody asks for it. Not decoded: Chromium would keep what
   * nobody looks at for long, 8 MB of each.
   */
  readonly likely?: boolean;
  /** The zoom figure changed, percent. */
  onZoom?: ((percent: number) => void) | undefined;
  /** Lies over the picture. */
  readonly children?: ReactNode;
  /** It is on screen, or it was found that it can't be shown. */
  onShown?(): void;
  /** Laid over the whole picture in its px, and moving with it. */
  readonly laid?: ReactNode;
};

/** Wheel: one notch (100) zooms by this factor. */
const NOTCH = 1.25;
/** After so long a look at a picture it is likely to be zoomed, ms. */
const GLANCE = 150;

/**
 * One picture that can be zoomed, moved and turned. Fitted, it is a tile in the device px of its pane; the whole picture
 * lies over the tile as soon as more can be seen in it, so that it is never blank.
 */
export function Picture({
  pane,
  sha256,
  facts,
  hold,
  name,
  linked,
  likely = false,
  onZoom,
  onShown,
  children,
  laid,
}: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const held = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState<Size | null>(null);
  const [broken, setBroken] = useState(false);
  const tiled = facts?.decodes === 'whole' && !laid;
  const [whole, setWhole] = useState(!tiled);
  const [gripped, setGripped] = useState(false);
  const [ready, setReady] = useState(false);
  const { width, height } = loaded ?? shownSize(facts) ?? { width: 1600, height: 1200 };
  const content = useMemo(() => turnedSize({ width, height }, hold.turn), [width, height, hold.turn]);
  // The gesture library measures the page when it is told: after the paint, well before anybody grips.
  const grip = useDeferredValue(content);

  // What moves with every wheel notch and drag is written past React: nothing is rendered again for it.
  const mode = useRef<'fit' | 'width' | 'free'>('fit');
  const room = useRef<Size>({ width: 0, height: 0 });
  const view = useRef<View>({ scale: 1, x: 0, y: 0 });
  const now = useRef({ content, linked, onZoom, onShown, hold, tiled });
  const mark = useCallback(
    (state: 'shown' | 'broken') => {
      if (!box.current || box.current.dataset.state === state) return;
      box.current.dataset.state = state;
      now.current.onShown?.();
      paneHandles.moved(pane);
    },
    [pane],
  );
  const tile = useTile(sha256, {
    onDrawn: () => {
      mark('shown');
      layTile();
    },
    onMissing: () => setWhole(true),
  });
  const layTile = useCallback(() => {
    const { content, hold } = now.current;
    const fits = tile.lay(view.current, content, hold, mode.current === 'fit');
    if (held.current) held.current.style.visibility = fits ? 'hidden' : 'visible';
  }, [tile]);
  const show = useCallback(
    (asked: View) => {
      const next = onPixels(asked, devicePixelRatio);
      view.current = next;
      if (held.current) held.current.style.transform = `translate(${next.x}px, ${next.y}px) scale(${next.scale})`;
      const { content, onZoom, hold, tiled } = now.current;
      if (tiled && mode.current === 'fit') {
        tile.want(tileSize(turnedSize(content, hold.turn), next.scale, devicePixelRatio));
      } else {
        if (outgrows(tile.side() + 1, content, next.scale, devicePixelRatio)) setWhole(true);
      }
      layTile();
      onZoom?.(zoomPercent(next.scale, devicePixelRatio));
      paneHandles.moved(pane);
    },
    [pane, tile, layTile],
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
    const before = now.current;
    now.current = { content, linked, onZoom, onShown, hold, tiled };
    if (before.content !== content || before.tiled !== tiled) refit();
    else if (before.hold !== hold) {
      layTile();
      paneHandles.moved(pane);
    }
  }, [content, linked, onZoom, onShown, hold, tiled, refit, layTile, pane]);

  useEffect(() => {
    if (!likely || !tiled) return;
    // Whoever only steps past doesn't have every picture read.
    const rest = setTimeout(() => {
      setReady(true);
      const { content, hold } = now.current;
      if (mode.current !== 'fit' || room.current.width === 0) return;
      // Turned by a quarter it fills another box.
      const { scale } = fitWhole(turnedSize(content, 90), room.current, devicePixelRatio);
      tile.prepare(tileSize(turnedSize(content, hold.turn), scale, devicePixelRatio));
    }, GLANCE);
    return () => {
      clearTimeout(rest);
      setReady(false);
    };
  }, [likely, tiled, tile]);

  const handle = useMemo<PaneHandle>(() => {
    const middle = (): Point => ({ x: room.current.width / 2, y: room.current.height / 2 });
    const content = () => now.current.content;
    const relative = () =>
      room.current.width === 0 ? null : toRelative(view.current, content(), room.current, devicePixelRatio);
    const fitAll = () => {
      paneHandles.dropOffsets();
      mode.current = 'fit';
      show(fitWhole(content(), room.current, devicePixelRatio));
      share();
    };
    return {
      fit: fitAll,
      fitWidth: () => {
        paneHandles.dropOffsets();
        mode.current = 'width';
        show(fitWidth(content(), room.current));
        share();
      },
      toggleActual: (at = middle()) => {
        if (zoomPercent(view.current.scale, devicePixelRatio) === 100) fitAll();
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
      // Kept up to date past React, see `mark`.
      data-state="loading"
      data-testid={`picture-${pane}`}
      data-pane={pane}
    >
      {tiled && (
        <div ref={tile.box} className="picture-tile">
          <canvas
            ref={tile.canvas}
            className="picture-image"
            role="img"
            aria-label={name}
            style={{ filter: place.filter }}
          />
        </div>
      )}
      <div ref={held} className="picture-content" style={{ width: content.width, height: content.height }}>
        {(whole || ready) && (
          <img
            className="picture-image"
            src={imageUrl(sha256)}
            alt={tiled ? '' : name}
            style={broken ? { ...place, visibility: 'hidden' } : place}
            draggable={false}
            onLoad={(event) => {
              const { naturalWidth, naturalHeight } = event.currentTarget;
              setLoaded({ width: naturalWidth, height: naturalHeight });
              mark('shown');
            }}
            onError={() => {
              // Nobody has asked for it yet; whoever does gets another try.
              if (!whole) return setReady(false);
              setBroken(true);
              mark('broken');
            }}
          />
        )}
        {laid}
      </div>
      {gripped && <GestureSurface view={view} content={grip} onMove={free} />}
      {children}
      {broken && (
        <div className="picture-broken" role="alert">
          <ImageOff size={32} strokeWidth={1.5} aria-hidden />
          <strong>{t('picture.broken')}</strong>
          <span>{t(facts?.format === 'other' ? 'picture.notImage' : 'picture.damaged')}</span>
        </div>
      )}
    </div>
  );
}
