import type { Sha256 } from '../../shared/ids.ts';
import { SMALL_SIDE } from '../../shared/ipc.ts';
import { call } from '../api.ts';
import type { Size } from './viewport.ts';

/** A picture in the very device px that it fills on the screen: nothing is decoded or scaled when it is drawn. */
export type TileAsk = { readonly sha256: Sha256; readonly size: Size };

const BYTES_PER_PIXEL = 4;
/** Of these computers GB of memory, as the browser rounds it; unknown counts as small. */
const memory = 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : 4;
/** Most that all tiles together take up, bytes: several candidates in every layout on a screen of 1920×1080. */
const BUDGET = (memory > 4 ? 96 : 48) * 1024 * 1024;

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
  for (const [oldest, old] of kept) {
    if (bytes <= BUDGET || oldest === key) break;
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
      const bodies = call('renditions', { rendition, hashes: batch.map(({ ask }) => ask.sha256) });
      for (const [index, { answer }] of batch.entries()) {
        answer(bodies.then((list) => list[index] ?? null));
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

/** Draws a tile where it is seen, px for px. */
export function drawTile(canvas: HTMLCanvasElement, tile: ImageBitmap): void {
  canvas.width = tile.width;
  canvas.height = tile.height;
  canvas.getContext('2d', { alpha: false })?.drawImage(tile, 0, 0);
}
