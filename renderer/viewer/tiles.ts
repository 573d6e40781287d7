import type { RefObject } from 'react';
import type { Sha256 } from '../../shared/ids.ts';
import { SMALL_SIDE } from '../../shared/ipc.ts';
import { call } from '../api.ts';
import type { Size } from './viewport.ts';

/** A picture in the very device px that it fills on the screen: nothing is decoded or scaled when it is drawn. */
export type TileAsk = { readonly sha256: Sha256; readonly size: Size };

const BYTES_PER_PIXEL = 4;
/** Of these computers GB of memory, as the browser rounds it; unknown counts as small. */
const memory = 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : 4;
/** Most that all tiles together take up on any screen, bytes. */
const MOST = (memory > 4 ? 96 : 48) * 1024 * 1024;
/** Tiles of so many submissions are kept in every layout: of the one on the desk and of four leaves. */
const WINDOWS = 5;

/** What all tiles together may take up, bytes: those of one submission never have more px than the window. */
const budget = () => Math.min(MOST, WINDOWS * innerWidth * innerHeight * devicePixelRatio ** 2 * BYTES_PER_PIXEL);

/** From the one that was used longest ago to the latest. */
const kept = new Map<string, ImageBitmap>();
const coming = new Map<string, Promise<ImageBitmap | null>>();
let bytes = 0;

const keyOf = ({ sha256, size }: TileAsk) => `${sha256} ${size.width}×${size.height}`;
const bytesOf = ({ width, height }: Size) => width * height * BYTES_PER_PIXEL;

function drop(key: string, tile: ImageBitmap): void {
  bytes -= bytesOf(tile);
  kept.delete(key);
  tile.close();
}

function keep(key: string, tile: ImageBitmap): void {
  kept.set(key, tile);
  bytes += bytesOf(tile);
  const most = budget();
  for (const [oldest, old] of kept) {
    if (bytes <= most || oldest === key) break;
    drop(oldest, old);
  }
}

/** A tile that is ready. It is for drawing at once: later it may have given way to others. */
export function readyTile(ask: TileAsk): ImageBitmap | null {
  const key = keyOf(ask);
  const tile = kept.get(key);
  if (!tile) return null;
  kept.delete(key);
  kept.set(key, tile);
  return tile;
}

/** Any tile of a picture that is ready and at least so large; for drawing at once, as `readyTile`. */
export function tileOf(sha256: Sha256, { width, height }: Size): ImageBitmap | null {
  for (const [key, tile] of kept) {
    if (key.startsWith(sha256) && tile.width >= width && tile.height >= height) return tile;
  }
  return null;
}

async function decode(body: Uint8Array<ArrayBuffer> | null, { width, height }: Size): Promise<ImageBitmap | null> {
  if (!body) return null;
  // Off the page's thread, and no larger than it is shown.
  return createImageBitmap(new Blob([body]), {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: 'medium',
  }).catch(() => null);
}

/** What was asked for within one turn of the page goes to main as one call for each rendition. */
let asked: { readonly ask: TileAsk; readonly answer: (body: Promise<Uint8Array<ArrayBuffer> | null>) => void }[] = [];

function flush(): void {
  const all = asked;
  asked = [];
  for (const rendition of ['small', 'full'] as const) {
    const some = all.filter(({ ask }) => renditionFor(ask) === rendition);
    for (let from = 0; from < some.length; from += 64) {
      const batch = some.slice(from, from + 64);
      // A pane and a thumbnail may show the same picture.
      const hashes = [...new Set(batch.map(({ ask }) => ask.sha256))];
      const bodies = call('renditions', { rendition, hashes });
      for (const { ask, answer } of batch) {
        answer(bodies.then((list) => list[hashes.indexOf(ask.sha256)] ?? null));
      }
    }
  }
}

/** The small rendition where it has as many pixels as are shown. */
const renditionFor = ({ size }: TileAsk) => (Math.max(size.width, size.height) <= SMALL_SIDE ? 'small' : 'full');

/** Makes a tile ready; null for a picture that is not here or cannot be decoded. */
export function bringTile(ask: TileAsk): Promise<ImageBitmap | null> {
  const key = keyOf(ask);
  const here = readyTile(ask);
  if (here) return Promise.resolve(here);
  const before = coming.get(key);
  if (before) return before;
  if (asked.length === 0) queueMicrotask(flush);
  const tile = new Promise<Uint8Array<ArrayBuffer> | null>((answer) => asked.push({ ask, answer }))
    .then((body) => decode(body, ask.size))
    .catch(() => null)
    .then((made) => {
      if (coming.get(key) !== tile) made?.close();
      else {
        coming.delete(key);
        if (made) keep(key, made);
      }
      return coming.has(key) ? null : readyTile(ask);
    });
  coming.set(key, tile);
  return tile;
}

/** Forgets all of them: nothing of an account outlasts its sign-out. */
export function forgetTiles(): void {
  coming.clear();
  for (const [key, tile] of kept) drop(key, tile);
}

/** For the `ref` of a canvas that tiles are drawn on: taken out of the page it gives its pixels back at once. */
export function ownCanvas(own: RefObject<HTMLCanvasElement | null>): (canvas: HTMLCanvasElement) => () => void {
  return (canvas) => {
    own.current = canvas;
    return () => {
      own.current = null;
      canvas.width = 0;
    };
  };
}

/** Draws a tile where it is seen: px for px, or smaller. */
export function drawTile(canvas: HTMLCanvasElement, tile: ImageBitmap, { width, height }: Size = tile): void {
  canvas.width = width;
  canvas.height = height;
  const paper = canvas.getContext('2d', { alpha: false });
  if (!paper) return;
  paper.imageSmoothingQuality = 'medium';
  paper.drawImage(tile, 0, 0, width, height);
}
