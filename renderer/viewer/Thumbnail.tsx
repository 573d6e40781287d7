import { useLayoutEffect, useRef, useState } from 'react';
import type { ImageFacts } from '../../shared/checks/check.ts';
import type { Sha256 } from '../../shared/ids.ts';
import { imageUrl } from '../../shared/ipc.ts';
import { bringTile, drawTile, ownCanvas, tileOf } from './tiles.ts';
import { coverSize, shownSize } from './viewport.ts';

/** Inside of the frame of a thumbnail, CSS px; the rest is left to the style, which covers the frame. */
const FRAME = { width: 38, height: 32 } as const;

/**
 * A picture as small as a thumbnail. Its pixels are a tile's: of an `img` Chromium keeps the whole decoded rendition for as
 * long as nobody wants the memory, which were 300 MB after forty candidates.
 */
export function Thumbnail({ sha256, facts }: { readonly sha256: Sha256; readonly facts: ImageFacts | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [own] = useState(() => ownCanvas(canvas));
  const [missing, setMissing] = useState<Sha256 | null>(null);
  const natural = facts?.decodes === 'whole' ? shownSize(facts) : null;
  const { width, height } = natural ? coverSize(natural, FRAME, devicePixelRatio) : { width: 0, height: 0 };
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let stale = false;
    const size = { width, height };
    const larger = tileOf(sha256, size);
    if (larger) {
      drawTile(element, larger, size);
      return;
    }
    // What was drawn of another picture must not stay.
    element.width = 0;
    void bringTile({ sha256, size }).then((tile) => {
      if (!stale && tile && tile.width > 0) drawTile(element, tile);
    });
    return () => {
      stale = true;
    };
  }, [sha256, width, height]);
  if (natural) return <canvas ref={own} className="thumb-picture" />;
  // Not taken out by hand: what React has put there, React takes out.
  if (missing === sha256) return null;
  // Nobody has looked at it yet, or it can be decoded in part only.
  return (
    <img
      className="thumb-picture"
      src={imageUrl(sha256, 'small')}
      alt=""
      draggable={false}
      onError={() => setMissing(sha256)}
    />
  );
}
