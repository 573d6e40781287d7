import { z } from 'zod';

/**
 * Moves, turns and scales: x' = a·x − b·y + x₀, y' = b·x + a·y + y₀. As a CSS transform from the top left corner:
 * matrix(a, b, −b, a, x₀, y₀).
 */
export const Similarity = z.strictObject({ a: z.number(), b: z.number(), x: z.number(), y: z.number() });
export type Similarity = z.infer<typeof Similarity>;

/** How a picture lies on another, px of both as a browser shows them; null when they don't show the same paper. */
export const Alignment = z.strictObject({
  similarity: Similarity.nullable(),
  /** Correlation where they overlap, −1 to 1. */
  agreement: z.number(),
});
export type Alignment = z.infer<typeof Alignment>;

/** One that scales by a factor and turns by an angle, degrees clockwise on a screen, about the origin; then moves. */
export function similarity(scale: number, degrees: number, x: number, y: number): Similarity {
  const angle = (degrees * Math.PI) / 180;
  return { a: scale * Math.cos(angle), b: scale * Math.sin(angle), x, y };
}

/** Where it takes a point. */
export function move({ a, b, x, y }: Similarity, px: number, py: number): { readonly x: number; readonly y: number } {
  return { x: a * px - b * py + x, y: b * px + a * py + y };
}

/** First `inner`, then `outer`. */
export function after(outer: Similarity, inner: Similarity): Similarity {
  const { x, y } = move(outer, inner.x, inner.y);
  return { a: outer.a * inner.a - outer.b * inner.b, b: outer.b * inner.a + outer.a * inner.b, x, y };
}

/** The way back. @throws RangeError when it scales to nothing */
export function inverse({ a, b, x, y }: Similarity): Similarity {
  const n = a * a + b * b;
  if (n === 0) throw new RangeError('a similarity that scales to nothing has no inverse');
  const [ia, ib] = [a / n, -b / n];
  return { a: ia, b: ib, x: -(ia * x - ib * y), y: -(ib * x + ia * y) };
}

/** Its factor. */
export const scaleOf = ({ a, b }: Similarity): number => Math.hypot(a, b);
/** Its turn, degrees clockwise on a screen, −180 to 180. */
export const degreesOf = ({ a, b }: Similarity): number => (Math.atan2(b, a) * 180) / Math.PI;
