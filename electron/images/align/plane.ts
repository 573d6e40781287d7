/** Values of a picture row by row; the middle of the first lies at (0.5, 0.5). */
export type Plane = { readonly width: number; readonly height: number; readonly values: Float32Array };

/** Sums over all that is above and left, one row and column more than the picture. */
function sums({ width, height, values }: Plane, of: (value: number) => number): Float64Array {
  const total = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += of(values[y * width + x] as number);
      total[(y + 1) * (width + 1) + x + 1] = (total[y * (width + 1) + x + 1] as number) + row;
    }
  }
  return total;
}

/** Differences smaller than this are noise of the camera, grey levels. */
const NOISE = 8;
/** What stands out more counts no more. */
const MOST = 3;

/**
 * How each point stands out from what is around it, in its spread: light, shadows and the faintness of print fall away,
 * and with them the edge between paper and table.
 */
export function standOut(plane: Plane, radius: number): Plane {
  const { width, height, values } = plane;
  const [once, squared] = [sums(plane, (value) => value), sums(plane, (value) => value * value)];
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const over = (total: Float64Array) =>
        (total[bottom * (width + 1) + right] as number) -
        (total[top * (width + 1) + right] as number) -
        (total[bottom * (width + 1) + left] as number) +
        (total[top * (width + 1) + left] as number);
      const n = (bottom - top) * (right - left);
      const mean = over(once) / n;
      const spread = Math.sqrt(Math.max(0, over(squared) / n - mean * mean));
      const out = ((values[y * width + x] as number) - mean) / (spread + NOISE);
      result[y * width + x] = Math.max(-MOST, Math.min(MOST, out));
    }
  }
  return { width, height, values: result };
}

/** Half as large, each point the mean of four. */
export function halved({ width, height, values }: Plane): Plane {
  const [w, h] = [Math.floor(width / 2), Math.floor(height / 2)];
  const result = new Float32Array(w * h);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const i = y * 2 * width + x * 2;
      result[y * w + x] =
        ((values[i] as number) +
          (values[i + 1] as number) +
          (values[i + width] as number) +
          (values[i + width + 1] as number)) /
        4;
    }
  }
  return { width: w, height: h, values: result };
}

/** The value at a place between points; NaN outside. */
export function valueAt({ width, height, values }: Plane, x: number, y: number): number {
  const [u, v] = [x - 0.5, y - 0.5];
  const [left, top] = [Math.floor(u), Math.floor(v)];
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return Number.NaN;
  const [fx, fy] = [u - left, v - top];
  const i = top * width + left;
  const upper = (values[i] as number) * (1 - fx) + (values[i + 1] as number) * fx;
  const lower = (values[i + width] as number) * (1 - fx) + (values[i + width + 1] as number) * fx;
  return upper * (1 - fy) + lower * fy;
}
