/** A square field of complex numbers, row by row. The side is a power of two. */
export type Field = { readonly side: number; readonly re: Float64Array; readonly im: Float64Array };

/** An empty field. */
export function field(side: number): Field {
  return { side, re: new Float64Array(side * side), im: new Float64Array(side * side) };
}

/** Cosines and sines of a transform of `n`, and the order in which it takes its input. */
function plan(n: number): { readonly cos: Float64Array; readonly sin: Float64Array; readonly order: Uint32Array } {
  const bits = Math.log2(n);
  if (!Number.isInteger(bits)) throw new RangeError(`not a power of two: ${n}`);
  const order = new Uint32Array(n);
  for (let i = 1; i < n; i += 1) order[i] = ((order[i >> 1] ?? 0) >> 1) | ((i & 1) << (bits - 1));
  const angle = (k: number) => (-2 * Math.PI * k) / n;
  return {
    cos: Float64Array.from({ length: n / 2 }, (_, k) => Math.cos(angle(k))),
    sin: Float64Array.from({ length: n / 2 }, (_, k) => Math.sin(angle(k))),
    order,
  };
}

/** Fast Fourier transform of a field in place (radix 2, rows, then columns); `inverse` divides by the number of points. */
export function transform({ side, re, im }: Field, inverse = false): void {
  const { cos, sin, order } = plan(side);
  const lineRe = new Float64Array(side);
  const lineIm = new Float64Array(side);
  const sign = inverse ? -1 : 1;
  const line = (start: number, step: number) => {
    for (let i = 0; i < side; i += 1) {
      const from = start + (order[i] as number) * step;
      lineRe[i] = re[from] as number;
      lineIm[i] = im[from] as number;
    }
    for (let half = 1; half < side; half *= 2) {
      const stride = side / (half * 2);
      for (let block = 0; block < side; block += half * 2) {
        for (let k = 0; k < half; k += 1) {
          const [a, b] = [block + k, block + k + half];
          const c = cos[k * stride] as number;
          const s = sign * (sin[k * stride] as number);
          const [bRe, bIm] = [lineRe[b] as number, lineIm[b] as number];
          const [tRe, tIm] = [bRe * c - bIm * s, bRe * s + bIm * c];
          lineRe[b] = (lineRe[a] as number) - tRe;
          lineIm[b] = (lineIm[a] as number) - tIm;
          lineRe[a] = (lineRe[a] as number) + tRe;
          lineIm[a] = (lineIm[a] as number) + tIm;
        }
      }
    }
    const scale = inverse ? 1 / side : 1;
    for (let i = 0; i < side; i += 1) {
      re[start + i * step] = (lineRe[i] as number) * scale;
      im[start + i * step] = (lineIm[i] as number) * scale;
    }
  };
  for (let row = 0; row < side; row += 1) line(row * side, 1);
  for (let column = 0; column < side; column += 1) line(column, side);
}

/** A place where two fields agree, in points, signed, and how much (1 is the whole). */
export type Peak = { readonly x: number; readonly y: number; readonly strength: number };

/** Phase correlation of two real fields: by how much `b` lies to the right of and below `a`; the strongest places first. */
export function phaseCorrelate(a: Float64Array, b: Float64Array, side: number, count: number): Peak[] {
  const [fa, fb] = [field(side), field(side)];
  fa.re.set(a);
  fb.re.set(b);
  transform(fa);
  transform(fb);
  for (let i = 0; i < side * side; i += 1) {
    const [aRe, aIm, bRe, bIm] = [fa.re[i] as number, fa.im[i] as number, fb.re[i] as number, fb.im[i] as number];
    const [re, im] = [bRe * aRe + bIm * aIm, bIm * aRe - bRe * aIm];
    const length = Math.hypot(re, im) || 1;
    fa.re[i] = re / length;
    fa.im[i] = im / length;
  }
  transform(fa, true);
  return peaks(fa.re, side, count);
}

/** The highest points of a field that goes around, each at least four points from the others, placed between points by parabolas. */
function peaks(values: Float64Array, side: number, count: number): Peak[] {
  const at = (x: number, y: number) =>
    values[(((y % side) + side) % side) * side + (((x % side) + side) % side)] as number;
  const signed = (v: number) => (v > side / 2 ? v - side : v);
  const between = (before: number, top: number, after: number) => {
    const bend = before - 2 * top + after;
    return bend < 0 ? (before - after) / (2 * bend) : 0;
  };
  const taken: (readonly [number, number])[] = [];
  const far = (a: number, b: number) => Math.min(Math.abs(a - b), side - Math.abs(a - b));
  const found: Peak[] = [];
  while (found.length < count) {
    let best = -1;
    for (let i = 0; i < values.length; i += 1) {
      if (best >= 0 && (values[i] as number) <= (values[best] as number)) continue;
      const [x, y] = [i % side, Math.floor(i / side)];
      if (taken.every(([tx, ty]) => far(tx, x) > 4 || far(ty, y) > 4)) best = i;
    }
    if (best < 0) break;
    const [x, y] = [best % side, Math.floor(best / side)];
    taken.push([x, y]);
    const top = at(x, y);
    found.push({
      x: signed(x) + between(at(x - 1, y), top, at(x + 1, y)),
      y: signed(y) + between(at(x, y - 1), top, at(x, y + 1)),
      strength: top,
    });
  }
  return found;
}
