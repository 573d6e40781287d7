import { type RefCallback, type RefObject, useMemo, useRef } from 'react';
import type { Sha256 } from '../../shared/ids.ts';
import { bringTile, drawTile, ownCanvas, readyTile } from './tiles.ts';
import { type Hold, holdTransform, type Size, tilePlace, turnedSize, type View } from './viewport.ts';

/** The tile of a picture in its pane: a canvas in a box that is moved, both outside of React's knowledge. */
export type TileHold = {
  readonly box: RefObject<HTMLDivElement | null>;
  /** `ref` of the canvas. */
  readonly canvas: RefCallback<HTMLCanvasElement>;
  /** Has the tile of a size drawn, device px: now, or as soon as it is there. */
  want(size: Size): void;
  /** Makes a tile of another size ready, for when it is wanted. */
  prepare(size: Size): void;
  /** Long side of what is drawn, device px; 0 before. */
  side(): number;
  /**
   * Lays it where the picture is seen; `fitted`: px for px. False when it is scaled, so that the whole picture belongs
   * over it.
   */
  lay(view: View, content: Size, hold: Hold, fitted: boolean): boolean;
};

type Told = {
  readonly onDrawn: () => void;
  /** It is not here or can't be decoded. */
  readonly onMissing: () => void;
};

const same = (one: Size | null, other: Size | null) => one?.width === other?.width && one?.height === other?.height;

/** Holds the tile of a picture. */
export function useTile(sha256: Sha256, told: Told): TileHold {
  const current = useRef(told);
  current.current = told;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  return useMemo(() => {
    let wanted: Size | null = null;
    let drawn: Size | null = null;
    const draw = (tile: ImageBitmap) => {
      if (!canvas.current) return;
      drawTile(canvas.current, tile);
      drawn = { width: tile.width, height: tile.height };
      current.current.onDrawn();
    };
    return {
      box,
      canvas: ownCanvas(canvas),
      side: () => (drawn ? Math.max(drawn.width, drawn.height) : 0),
      want: (size) => {
        if (same(size, wanted)) return;
        wanted = size;
        if (same(size, drawn)) return;
        const ready = readyTile({ sha256, size });
        if (ready) return draw(ready);
        void bringTile({ sha256, size }).then((tile) => {
          if (wanted !== size) return;
          // One that gave way to others in this very moment has no size any more.
          if (tile && tile.width > 0) draw(tile);
          else current.current.onMissing();
        });
      },
      prepare: (size) => void bringTile({ sha256, size }),
      lay: (view, content, hold, fitted) => {
        if (!box.current || !canvas.current || !drawn) return false;
        const exact = fitted && same(drawn, wanted);
        const turned = turnedSize(drawn, hold.turn);
        const grown = exact ? 1 : (content.width * view.scale * devicePixelRatio) / turned.width;
        const { x, y } = exact ? tilePlace(view, content, turned, devicePixelRatio) : view;
        Object.assign(box.current.style, {
          transform: `translate(${x}px, ${y}px) scale(${grown})`,
          width: `${turned.width / devicePixelRatio}px`,
          height: `${turned.height / devicePixelRatio}px`,
        });
        const own = { width: drawn.width / devicePixelRatio, height: drawn.height / devicePixelRatio };
        Object.assign(canvas.current.style, {
          transform: holdTransform(hold, own),
          width: `${own.width}px`,
          height: `${own.height}px`,
        });
        return exact;
      },
    };
  }, [sha256]);
}
