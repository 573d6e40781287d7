// A thread that reads the frame buffer of a display about every millisecond and notes when rectangles of it change.
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { clock } from './measure.ts';

/** A rectangle of the screen, pixels. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What is to be watched. Times in ms. */
export type Watch = {
  readonly file: string;
  readonly areas: readonly Area[];
  readonly quiet: number;
  readonly patience: number;
};

/** When each rectangle first and last changed, on `clock()`; null for one that never did. */
export type Watched = {
  readonly first: (number | null)[];
  readonly last: (number | null)[];
  readonly looks: number;
  /** Every time at which the first rectangle changed. */
  readonly changes: readonly number[];
  /** Looks after a change at which a rectangle was one plain colour: nothing was on it. */
  readonly blanks: number;
};

/** Lines of pixels that are read of each rectangle. */
const LINES = 12;
const BYTES = 4;

/** Where pixels lie in an XWD file: the head says its own length, the length of a line and of the table of colours. */
function layoutOf(descriptor: number): { start: number; stride: number } {
  const head = Buffer.alloc(100);
  readSync(descriptor, head, 0, head.length, 0);
  return { start: head.readUInt32BE(0) + head.readUInt32BE(19 * 4) * 12, stride: head.readUInt32BE(12 * 4) };
}

function watch({ file, areas, quiet, patience }: Watch): Watched {
  const descriptor = openSync(file, 'r');
  const { start, stride } = layoutOf(descriptor);
  const lines = areas.flatMap(({ x, y, width, height }, area) =>
    Array.from({ length: LINES }, (_, line) => ({
      area,
      at: start + Math.round(y + ((line + 0.5) * height) / LINES) * stride + Math.round(x) * BYTES,
      now: Buffer.alloc(Math.round(width) * BYTES),
      before: Buffer.alloc(Math.round(width) * BYTES),
    })),
  );
  for (const { at, before } of lines) readSync(descriptor, before, 0, before.length, at);
  const first: (number | null)[] = areas.map(() => null);
  const last: (number | null)[] = areas.map(() => null);
  const changes: number[] = [];
  let blanks = 0;
  const isPlain = (area: number) => {
    const own = lines.filter((line) => line.area === area);
    const colour = own[0]?.now.readUInt32LE(0);
    return own.every(({ now }) => {
      for (let at = 0; at < now.length; at += BYTES) if (now.readUInt32LE(at) !== colour) return false;
      return true;
    });
  };
  const nap = new Int32Array(new SharedArrayBuffer(4));
  const began = clock();
  let moved = began;
  let looks = 0;
  parentPort?.postMessage('watching');
  for (;;) {
    Atomics.wait(nap, 0, 0, 1);
    const time = clock();
    looks += 1;
    const touched = new Set<number>();
    for (const line of lines) {
      readSync(descriptor, line.now, 0, line.now.length, line.at);
      if (line.now.equals(line.before)) continue;
      line.now.copy(line.before);
      first[line.area] ??= time;
      last[line.area] = time;
      moved = time;
      touched.add(line.area);
    }
    if (touched.has(0)) changes.push(time);
    for (const area of touched) if (isPlain(area)) blanks += 1;
    const all = last.every((changed) => changed !== null);
    if ((all && time - moved > quiet) || time - began > patience) break;
  }
  closeSync(descriptor);
  return { first, last, looks, changes, blanks };
}

parentPort?.on('message', (message: Watch) => parentPort?.postMessage(watch(message)));
