import type { Random } from '../random.ts';
import type { Shot } from './framing.ts';
import { type Matrix, toSheet } from './homography.ts';
import { fillRow, glareField, lightField, shadowField } from './light.ts';
import { deskTile, grainTile, TILE } from './tiles.ts';

/** Pixels in rows from the top; three bytes each. */
export type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };

/** Fine lines printed over a sheet: RGB, and their distance in pixels of the sheet. */
export type Waves = {
  readonly colour: readonly [number, number, number];
  readonly step: number;
  readonly strength: number;
};

/** A drawn sheet, one 32-bit word a pixel (R lowest, alpha highest). */
export type Sheet = {
  readonly words: Int32Array;
  readonly width: number;
  readonly height: number;
  readonly waves: Waves | null;
};

const MASK = TILE - 1;

// One reader for each kind of array: mixed in one function the engine would take the slow path for all. The indices
// are masked or clamped, so the element is always there.
const word = (values: Int32Array, index: number): number => values[index] as number;
const level = (values: Uint8Array, index: number): number => values[index] as number;
const real = (values: Float32Array, index: number): number => values[index] as number;

/**
 * Row `y` of the picture as the sheet covers it: interpolated words, alpha 0 beside the sheet. The three steps of a
 * row are small functions of their own, so that the engine keeps their values in registers.
 */
function sample(sheet: Sheet, matrix: Matrix, y: number, row: Int32Array): void {
  const { words, width: sw, height: sh } = sheet;
  const [a, b, c, d, e, f, g, h, i] = matrix;
  let un = b * y + c;
  let vn = e * y + f;
  let wn = h * y + i;
  for (let x = 0; x < row.length; x++, un += a, vn += d, wn += g) {
    const inverse = 1 / wn;
    const u = un * inverse - 0.5;
    const v = vn * inverse - 0.5;
    if (!(u > -1 && v > -1 && u < sw && v < sh)) {
      row[x] = 0;
      continue;
    }
    if (u < 0 || v < 0 || u >= sw - 1 || v >= sh - 1) {
      row[x] = atRim(sheet, u, v);
      continue;
    }
    const u0 = u | 0;
    const v0 = v | 0;
    const p = v0 * sw + u0;
    const tu = ((u - u0) * 256) | 0;
    const tv = ((v - v0) * 256) | 0;
    row[x] = mix(word(words, p), word(words, p + 1), word(words, p + sw), word(words, p + sw + 1), tu, tv);
  }
}

/** Along the rim, half of a pixel is desk and there is no neighbour to mix with. */
function atRim({ words, width, height }: Sheet, u: number, v: number): number {
  const column = Math.min(width - 1, Math.max(0, Math.round(u)));
  const line = Math.min(height - 1, Math.max(0, Math.round(v)));
  const pixel = word(words, line * width + column);
  const share = Math.min(1, u + 1, v + 1, width - u, height - v);
  return (pixel & 0xffffff) | (Math.round((pixel >>> 24) * share) << 24);
}

/** Interpolates four words; `tu` and `tv` are shares of 256. */
function mix(p00: number, p10: number, p01: number, p11: number, tu: number, tv: number): number {
  const w11 = (tu * tv) >> 8;
  const w10 = tu - w11;
  const w01 = tv - w11;
  const w00 = 256 - tu - w01;
  // Two channels at once: 8 bits of value times 9 bits of weight never reach the neighbour 16 bits away.
  const rb =
    (Math.imul(p00 & 0xff00ff, w00) +
      Math.imul(p10 & 0xff00ff, w10) +
      Math.imul(p01 & 0xff00ff, w01) +
      Math.imul(p11 & 0xff00ff, w11)) |
    0;
  const ga =
    (Math.imul((p00 >>> 8) & 0xff00ff, w00) +
      Math.imul((p10 >>> 8) & 0xff00ff, w10) +
      Math.imul((p01 >>> 8) & 0xff00ff, w01) +
      Math.imul((p11 >>> 8) & 0xff00ff, w11)) |
    0;
  return ((rb >>> 8) & 0xff00ff) | (ga & 0xff00ff00);
}

/** Prints the wavy lines on a sheet: two families that cross, each line two pixels wide with soft edges. */
function print({ words, width, height }: Sheet, { colour, step, strength }: Waves): void {
  const fades = colour.map((one) => Math.round((1 - one / 255) * strength * 256));
  for (let x = 0; x < width; x++) {
    const lift = Math.sin((x / width) * Math.PI * 12) * step * 0.8;
    for (let at = -step; at < height + step; at += step) {
      ink(words, width, height, x, at + lift, fades);
      ink(words, width, height, x, at + step / 2 - lift, fades);
    }
  }
}

/** Darkens the two pixels of a column that a line at height `y` touches. */
function ink(words: Int32Array, width: number, height: number, x: number, y: number, fades: readonly number[]): void {
  const top = Math.floor(y);
  const share = y - top;
  const [red = 0, green = 0, blue = 0] = fades;
  for (let row = top; row <= top + 1; row++) {
    if (row < 0 || row >= height) continue;
    const weight = row === top ? 1 - share : share;
    const at = row * width + x;
    const pixel = word(words, at);
    const r = ((pixel & 255) * (256 - red * weight)) >> 8;
    const g = (((pixel >>> 8) & 255) * (256 - green * weight)) >> 8;
    const b = (((pixel >>> 16) & 255) * (256 - blue * weight)) >> 8;
    words[at] = (pixel & 0xff000000) | (b << 16) | (g << 8) | r;
  }
}

/** Puts the desk under a row; the sheet shades it. `at` is where the row begins in the desk's tile. */
function lay(row: Int32Array, desk: Uint8Array, shadow: Float32Array, line: number, from: number): void {
  for (let x = 0; x < row.length; x++) {
    const pixel = word(row, x);
    const alpha = pixel >>> 24;
    if (alpha >= 254) continue;
    const t = (line | ((x + from) & MASK)) * 3;
    const cover = alpha / 255;
    const dim = (1 - cover) * real(shadow, x);
    const r = ((pixel & 255) * cover + level(desk, t) * dim) | 0;
    const gr = (((pixel >>> 8) & 255) * cover + level(desk, t + 1) * dim) | 0;
    const bl = (((pixel >>> 16) & 255) * cover + level(desk, t + 2) * dim) | 0;
    row[x] = (bl << 16) | (gr << 8) | r;
  }
}

/** How the sensor answers: where in the tile of grain the picture begins, how much of it, how warm its colours are. */
type Sensor = {
  readonly tile: Int32Array;
  readonly x: number;
  readonly y: number;
  readonly grain: number;
  readonly warmth: number;
};

/**
 * Lights a row and adds the grain. `light` and `added` are the row's gain and extra levels. In whole numbers with 12
 * bits for the fraction: conversions would take longer than the sums.
 */
function develop(
  sensor: Sensor,
  row: Int32Array,
  light: Float32Array,
  added: Float32Array,
  y: number,
  out: Uint8ClampedArray,
): void {
  const { tile, x: from } = sensor;
  const line = ((y + sensor.y) & MASK) << 9;
  const red = Math.round((1 + sensor.warmth) * 1024);
  const blue = Math.round((1 - sensor.warmth) * 1024);
  const grain = Math.round(sensor.grain * 4096);
  const tint = Math.round(sensor.grain * 0.45 * 4096);
  for (let x = 0, o = y * row.length * 3; x < row.length; x++, o += 3) {
    const pixel = word(row, x);
    const specks = word(tile, line | ((x + from) & MASK));
    const even = (real(light, x) * 4096) | 0;
    const gain = Math.imul(even, 16384 + ((specks << 8) >> 24)) >> 14;
    const n = Math.imul((specks << 24) >> 24, grain) + ((real(added, x) * 4096) | 0) + 2048;
    const k = Math.imul((specks << 16) >> 24, tint);
    out[o] = (Math.imul(pixel & 255, Math.imul(gain, red) >> 10) + n + k) >> 12;
    out[o + 1] = (Math.imul((pixel >>> 8) & 255, gain) + n) >> 12;
    out[o + 2] = (Math.imul((pixel >>> 16) & 255, Math.imul(gain, blue) >> 10) + n - k) >> 12;
  }
}

/** The bands where a screen's grid and the sensor's grid meet. */
function moire(light: Float32Array, y: number, pitch: number): void {
  const grid = y % 3 === 0 ? 0.93 : 1;
  for (let x = 0; x < light.length; x++) {
    // Wide curved bands, and the screen's own rows.
    const band = Math.sin((x * 0.9 + y * 0.45) * pitch + Math.sin((x - y) / 190) * 3.2);
    light[x] = real(light, x) * grid * (1 + 0.075 * band);
  }
}

/**
 * Photographs a sheet: prints its wavy lines (on the sheet itself), projects it onto the desk, lights it unevenly, and
 * adds the sensor's noise, row by row in one pass over the picture.
 */
export function expose(sheet: Sheet, shot: Shot, random: Random): Pixels {
  const { width, height } = shot;
  const out = new Uint8ClampedArray(width * height * 3);
  const matrix = toSheet(shot.quad, sheet.width, sheet.height);
  const light = lightField(shot);
  const shadow = shadowField(shot, sheet.width, sheet.height);
  const glare = shot.glare.length > 0 ? glareField(shot) : null;
  const desk = deskTile(shot.desk);
  const sensor: Sensor = {
    tile: grainTile(0),
    x: random.int(0, MASK),
    y: random.int(0, MASK),
    grain: shot.noise / 32,
    warmth: shot.warmth,
  };
  const pitch = random.real(0.15, 0.21);
  if (sheet.waves) print(sheet, sheet.waves);
  const row = new Int32Array(width);
  const lightRow = new Float32Array(width);
  const shadowRow = new Float32Array(width);
  const glareRow = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    fillRow(light, y, lightRow);
    fillRow(shadow, y, shadowRow);
    if (glare) fillRow(glare, y, glareRow);
    if (shot.moire) moire(lightRow, y, pitch);
    sample(sheet, matrix, y, row);
    lay(row, desk, shadowRow, ((y + sensor.y) & MASK) << 9, sensor.x);
    develop(sensor, row, lightRow, glareRow, y, out);
  }
  return { data: out, width, height };
}
