export type Point = { readonly x: number; readonly y: number };
/** Corners in the order of reading: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];
/** Row-major 3 × 3 matrix. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** The projection that takes the unit square to a quadrilateral (Heckbert 1989, §2.2.3). */
function fromSquare([a, b, c, d]: Quad): Matrix {
  const sx = a.x - b.x + c.x - d.x;
  const sy = a.y - b.y + c.y - d.y;
  const dx1 = b.x - c.x;
  const dx2 = d.x - c.x;
  const dy1 = b.y - c.y;
  const dy2 = d.y - c.y;
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  return [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y, g, h, 1];
}

function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    (e * i - f * h) / det,
    (c * h - b * i) / det,
    (b * f - c * e) / det,
    (f * g - d * i) / det,
    (a * i - c * g) / det,
    (c * d - a * f) / det,
    (d * h - e * g) / det,
    (b * g - a * h) / det,
    (a * e - b * d) / det,
  ];
}

/** The projection from the picture to a sheet of `width` × `height` that lies on `quad` in the picture. */
export function toSheet(quad: Quad, width: number, height: number): Matrix {
  const [a, b, c, d, e, f, g, h, i] = inverse(fromSquare(quad));
  return [a * width, b * width, c * width, d * height, e * height, f * height, g, h, i];
}

/** Where a matrix takes a point. */
export function project([a, b, c, d, e, f, g, h, i]: Matrix, { x, y }: Point): Point {
  const w = g * x + h * y + i;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}
