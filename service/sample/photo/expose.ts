import type { Random } from '../random.ts';
import type { Shot } from './framing.ts';
import { type Matrix, toSheet } from './homography.ts';
import { fillRow, glareField, lightField, shadowField } from './light.ts';
import { deskTile, mottleTile, noiseTile, TILE } from './tiles.ts';

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
const signed = (values: Int8Array, index: number): number => values[index] as number;
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
    const rim = u < 0 || v < 0 || u >= sw - 1 || v >= sh - 1;
    // Along the rim, half of a pixel is desk and there is no neighbour.
    const u0 = rim ? Math.min(sw - 2, Math.max(0, Math.floor(u))) : u | 0;
    const v0 = rim ? Math.min(sh - 2, Math.max(0, Math.floor(v))) : v | 0;
    const tu = (Math.max(0, u - u0) * 256) | 0;
    const tv = (Math.max(0, v - v0) * 256) | 0;
    const p = v0 * sw + u0;
    const mixed = rim
      ? word(words, p)
      : mix(word(words, p), word(words, p + 1), word(words, p + sw), word(words, p + sw + 1), tu, tv);
    row[x] = rim ? fade(mixed, Math.min(1, u + 1, v + 1, sw - u, sh - v)) : mixed;
  }
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

function fade(pixel: number, share: number): number {
  return (pixel & 0xffffff) | (Math.round((pixel >>> 24) * share) << 24);
}

/** Prints the wavy lines on a row. */
function print(waves: Waves, lifts: Float32Array, sheet: Sheet, matrix: Matrix, y: number, row: Int32Array): void {
  const [a, b, c, d, e, f, g, h, i] = matrix;
  const perStep = 1 / waves.step;
  const reach = waves.step / 1.15;
  const [red, green, blue] = waves.colour.map((one) => Math.round((1 - one / 255) * waves.strength * 256));
  const fadeR = red ?? 0;
  const fadeG = green ?? 0;
  const fadeB = blue ?? 0;
  const last = sheet.width - 1;
  for (let x = 0; x < row.length; x++) {
    const pixel = word(row, x);
    if (pixel >>> 24 === 0) continue;
    const inverse = 1 / (g * x + h * y + i);
    const u = (a * x + b * y + c) * inverse;
    const at = (d * x + e * y + f) * inverse * perStep;
    const lift = real(lifts, u < 0 ? 0 : u > last ? last : u | 0);
    const one = at + lift + 64;
    const other = at - lift + 64.5;
    const near = Math.min(Math.abs(one - (one | 0) - 0.5), Math.abs(other - (other | 0) - 0.5));
    const ink = 1 - near * reach;
    if (ink <= 0) continue;
    const r = ((pixel & 255) * (256 - ink * fadeR)) >> 8;
    const gr = (((pixel >>> 8) & 255) * (256 - ink * fadeG)) >> 8;
    const bl = (((pixel >>> 16) & 255) * (256 - ink * fadeB)) >> 8;
    row[x] = (pixel & 0xff000000) | (bl << 16) | (gr << 8) | r;
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

type Sensor = {
  readonly noise: Int8Array;
  readonly chroma: Int8Array;
  readonly mottle: Int8Array;
  /** Offsets into the tiles: columns and rows of the noise, of the rest. */
  readonly offset: readonly [number, number, number, number];
  readonly grain: number;
  readonly warmth: number;
};

/** Lights a row and adds the sensor's noise. `light` and `added` are the row's gain and extra levels. */
function develop(
  sensor: Sensor,
  row: Int32Array,
  light: Float32Array,
  added: Float32Array,
  y: number,
  out: Uint8ClampedArray,
) {
  const { noise, chroma, mottle, offset, grain } = sensor;
  const [ox, oy, cx, cy] = offset;
  const noiseLine = ((y + oy) & MASK) << 9;
  const chromaLine = (((y + cy) >> 1) & MASK) << 9;
  const mottleLine = ((y + cy) & MASK) << 9;
  const red = 1 + sensor.warmth;
  const blue = 1 - sensor.warmth;
  const tint = grain * 0.45;
  for (let x = 0, o = y * row.length * 3; x < row.length; x++, o += 3) {
    const pixel = word(row, x);
    const gain = real(light, x) * (1 + signed(mottle, mottleLine | ((x + cx) & MASK)) * 0.000_08);
    const n = signed(noise, noiseLine | ((x + ox) & MASK)) * grain + real(added, x);
    const k = signed(chroma, chromaLine | (((x + cx) >> 1) & MASK)) * tint;
    out[o] = (pixel & 255) * gain * red + n + k;
    out[o + 1] = ((pixel >>> 8) & 255) * gain + n;
    out[o + 2] = ((pixel >>> 16) & 255) * gain * blue + n - k;
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
 * Photographs a sheet: projects it onto the desk, lights it unevenly, and adds the sensor's noise, row by row in one
 * pass over the picture.
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
    noise: noiseTile(0),
    chroma: noiseTile(1),
    mottle: mottleTile(0),
    offset: [random.int(0, MASK), random.int(0, MASK), random.int(0, MASK), random.int(0, MASK)],
    grain: shot.noise / 32,
    warmth: shot.warmth,
  };
  const pitch = random.real(0.15, 0.21);
  const [ox, oy] = sensor.offset;
  const lifts = Float32Array.from({ length: sheet.width }, (_, x) => Math.sin((x / sheet.width) * Math.PI * 12) * 0.8);
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
    if (sheet.waves) print(sheet.waves, lifts, sheet, matrix, y, row);
    lay(row, desk, shadowRow, ((y + oy) & MASK) << 9, ox);
    develop(sensor, row, lightRow, glareRow, y, out);
  }
  return { data: out, width, height };
}
