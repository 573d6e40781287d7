import { after, move, type Similarity, scaleOf, similarity } from '../../../shared/similarity.ts';
import { field, type Peak, phaseCorrelate, transform } from './fft.ts';
import { halved, type Plane, standOut, valueAt } from './plane.ts';

/**
 * Finds how one picture lies on another: Fourier-Mellin for turn and scale (Reddy and Chatterjee 1996: the size of the
 * spectrum doesn't know the place, and in log-polar coordinates a turn and a scale are a shift), phase correlation for
 * the place, then Gauss-Newton (Lucas and Kanade 1981) on finer and finer pictures.
 */

/** Side of the fields of Fourier; pictures come with their long side in it. */
export const SIDE = 256;
/** Long side of the finest pictures that are fitted, px. */
export const FINE = 512;
/** Spectra are compared between these, cycles per field: lower is light, higher is noise. */
const SPECTRUM = { from: 6, to: 110 } as const;
/** Likeliest turns and scales that are tried. */
const TRIED = 4;
/** Scales beyond these are no picture of the same paper. */
const SCALES = { min: 0.35, max: 2.85 } as const;
/** So much of the smaller picture must lie on the other. */
const OVERLAP = 0.3;

/** How it lies (from the first picture to the second, px of both), and how well, −1 to 1: correlation where they overlap. */
export type Fit = { readonly similarity: Similarity; readonly agreement: number };

/** A plane in the middle of a field, faded to nothing at its edges. */
function framed({ width, height, values }: Plane): Float64Array {
  const result = new Float64Array(SIDE * SIDE);
  const [left, top] = [Math.floor((SIDE - width) / 2), Math.floor((SIDE - height) / 2)];
  const fade = (i: number, n: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / n);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      result[(y + top) * SIDE + x + left] =
        (values[y * width + x] as number) * Math.sqrt(fade(x, width) * fade(y, height));
    }
  }
  return result;
}

/** Size of the spectrum over angle (rows, half a turn) and logarithm of the frequency (columns). */
function logPolar(values: Float64Array): Float64Array {
  const spectrum = field(SIDE);
  spectrum.re.set(values);
  transform(spectrum);
  const size = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < size.length; i += 1) {
    // Frequency zero in the middle.
    const [x, y] = [((i % SIDE) + SIDE / 2) % SIDE, (Math.floor(i / SIDE) + SIDE / 2) % SIDE];
    size[y * SIDE + x] = Math.log1p(Math.hypot(spectrum.re[i] as number, spectrum.im[i] as number));
  }
  const plane: Plane = { width: SIDE, height: SIDE, values: size };
  const result = new Float64Array(SIDE * SIDE);
  const base = Math.log(SPECTRUM.to / SPECTRUM.from) / SIDE;
  let mean = 0;
  for (let row = 0; row < SIDE; row += 1) {
    const angle = (Math.PI * row) / SIDE;
    for (let column = 0; column < SIDE; column += 1) {
      const radius = SPECTRUM.from * Math.exp(base * column);
      const middle = SIDE / 2 + 0.5;
      const value = valueAt(plane, middle + radius * Math.cos(angle), middle + radius * Math.sin(angle));
      result[row * SIDE + column] = value;
      mean += value / (SIDE * SIDE);
    }
  }
  // Angles go around, frequencies don't: their ends are faded.
  for (let i = 0; i < result.length; i += 1) {
    const column = i % SIDE;
    const fade = 0.5 - 0.5 * Math.cos((2 * Math.PI * (column + 0.5)) / SIDE);
    result[i] = ((result[i] as number) - mean) * fade;
  }
  return result;
}

/** Turned and scaled about the middle of the field. */
function turned(values: Float64Array, scale: number, degrees: number): Float64Array {
  const plane: Plane = { width: SIDE, height: SIDE, values: Float32Array.from(values) };
  const result = new Float64Array(SIDE * SIDE);
  const back = similarity(1 / scale, -degrees, 0, 0);
  const middle = SIDE / 2;
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const from = move(back, x + 0.5 - middle, y + 0.5 - middle);
      const value = valueAt(plane, from.x + middle, from.y + middle);
      result[y * SIDE + x] = Number.isNaN(value) ? 0 : value;
    }
  }
  return result;
}

/** Correlation of two planes where they overlap, −1 to 1; −1 where too little of them does. */
function agreement(a: Plane, b: Plane, way: Similarity, step: number): number {
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
  for (let y = 0.5; y < a.height; y += step) {
    for (let x = 0.5; x < a.width; x += step) {
      const at = move(way, x, y);
      const vb = valueAt(b, at.x, at.y);
      if (Number.isNaN(vb)) continue;
      const va = a.values[Math.floor(y) * a.width + Math.floor(x)] as number;
      n += 1;
      sa += va;
      sb += vb;
      saa += va * va;
      sbb += vb * vb;
      sab += va * vb;
    }
  }
  const scale = scaleOf(way);
  const smaller = Math.min(a.width * a.height, (b.width * b.height) / (scale * scale));
  if (n * step * step < OVERLAP * smaller) return -1;
  const spread = Math.sqrt((saa - (sa * sa) / n) * (sbb - (sb * sb) / n));
  return spread > 0 ? (sab - (sa * sb) / n) / spread : -1;
}

/** Solves four linear equations (rows of five); null when they don't determine the answer. */
function solve(rows: number[][]): readonly number[] | null {
  for (let i = 0; i < 4; i += 1) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i] ?? 0) > Math.abs(rows[best]?.[i] ?? 0) ? k + i : best), i);
    const [upper, lower] = [rows[i], rows[pivot]];
    if (!upper || !lower || Math.abs(lower[i] ?? 0) < 1e-9) return null;
    rows[i] = lower;
    rows[pivot] = upper;
    for (let k = 0; k < 4; k += 1) {
      const row = rows[k];
      if (k === i || !row) continue;
      const factor = (row[i] ?? 0) / (lower[i] ?? 1);
      for (let j = i; j < 5; j += 1) row[j] = (row[j] ?? 0) - factor * (lower[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[4] ?? 0) / (row[i] ?? 1));
}

/** Brings `a` nearer to `b` until it moves no further. */
function refine(a: Plane, b: Plane, start: Similarity, step: number): Similarity {
  let way = start;
  for (let round = 0; round < 30; round += 1) {
    const h = Array.from({ length: 4 }, () => [0, 0, 0, 0, 0]);
    for (let y = 1.5; y < a.height - 1; y += step) {
      for (let x = 1.5; x < a.width - 1; x += step) {
        const at = move(way, x, y);
        const left = valueAt(b, at.x - 1, at.y);
        const right = valueAt(b, at.x + 1, at.y);
        const above = valueAt(b, at.x, at.y - 1);
        const below = valueAt(b, at.x, at.y + 1);
        const here = valueAt(b, at.x, at.y);
        if (Number.isNaN(left + right + above + below)) continue;
        const [gx, gy] = [(right - left) / 2, (below - above) / 2];
        const j = [gx * x + gy * y, gy * x - gx * y, gx, gy];
        const error = (a.values[Math.floor(y) * a.width + Math.floor(x)] as number) - here;
        for (let r = 0; r < 4; r += 1) {
          const row = h[r] as number[];
          for (let c = r; c < 4; c += 1) row[c] = (row[c] as number) + (j[r] as number) * (j[c] as number);
          row[4] = (row[4] as number) + (j[r] as number) * error;
        }
      }
    }
    for (let r = 1; r < 4; r += 1)
      for (let c = 0; c < r; c += 1) (h[r] as number[])[c] = (h[c] as number[])[r] as number;
    const change = solve(h);
    if (!change) return way;
    const [da = 0, db = 0, dx = 0, dy = 0] = change;
    way = { a: way.a + da, b: way.b + db, x: way.x + dx, y: way.y + dy };
    const span = Math.max(a.width, a.height);
    if (Math.hypot(da, db) * span + Math.hypot(dx, dy) < 0.005) break;
  }
  return way;
}

const MIDDLE = SIDE / 2;
/** From the middle of a field to the corner of a plane in it. */
const corner = ({ width, height }: Plane) => ({
  x: Math.floor((SIDE - width) / 2) - MIDDLE,
  y: Math.floor((SIDE - height) / 2) - MIDDLE,
});

/** The best of what the spectra propose. */
function coarse(a: Plane, b: Plane): Fit {
  const [fa, fb] = [framed(a), framed(b)];
  const base = Math.log(SPECTRUM.to / SPECTRUM.from) / SIDE;
  const proposals: Peak[] = phaseCorrelate(logPolar(fa), logPolar(fb), SIDE, TRIED);
  let best: Fit = { similarity: similarity(1, 0, 0, 0), agreement: -1 };
  for (const { x, y } of proposals) {
    // A larger picture has its spectrum nearer to the middle.
    const scale = Math.exp(-x * base);
    if (scale < SCALES.min || scale > SCALES.max) continue;
    for (const degrees of [(y * 180) / SIDE, (y * 180) / SIDE + 180]) {
      for (const place of phaseCorrelate(turned(fa, scale, degrees), fb, SIDE, 2)) {
        const inField = similarity(scale, degrees, place.x, place.y);
        const [ca, cb] = [corner(a), corner(b)];
        const way = after({ a: 1, b: 0, x: -cb.x, y: -cb.y }, after(inField, { a: 1, b: 0, ...ca }));
        const fit = { similarity: way, agreement: agreement(a, b, way, 2) };
        if (fit.agreement > best.agreement) best = fit;
      }
    }
  }
  return best;
}

/** The same way on pictures twice as large. */
const doubled = ({ a, b, x, y }: Similarity): Similarity => ({ a, b, x: x * 2, y: y * 2 });

/** How `first` lies on `second`; both grey, 0 to 255, long side at most `FINE`. */
export function register(first: Plane, second: Plane): Fit {
  const [a, b] = [standOut(first, 16), standOut(second, 16)];
  const [a2, b2] = [standOut(halved(first), 10), standOut(halved(second), 10)];
  const found = coarse(a2, b2);
  if (found.agreement <= 0) return { ...found, similarity: doubled(found.similarity) };
  const [a4, b4] = [halved(a2), halved(b2)];
  const half = ({ a: p, b: q, x, y }: Similarity): Similarity => ({ a: p, b: q, x: x / 2, y: y / 2 });
  const steps = [
    (way: Similarity) => doubled(refine(a4, b4, half(way), 1)),
    (way: Similarity) => refine(a2, b2, way, 1),
  ];
  // Each step only where it helps: a false start may lead it astray.
  let way = found.similarity;
  let well = found.agreement;
  for (const step of steps) {
    const next = step(way);
    const better = agreement(a2, b2, next, 1);
    if (better > well) [way, well] = [next, better];
  }
  const fine = refine(a, b, doubled(way), 2);
  const end = agreement(a, b, fine, 2);
  const start = agreement(a, b, doubled(way), 2);
  const last = end > start ? fine : doubled(way);
  return { similarity: last, agreement: Math.max(well, end, start) };
}
