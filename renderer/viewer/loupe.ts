import type { Point, Size, View } from './viewport.ts';

/** Size of the loupe, CSS px. */
export const LOUPE: Size = { width: 360, height: 230 };
/** Device px per picture px; where the pane itself shows more than half of that, twice what the pane shows. */
const MAGNIFIES = 2;

/** Scale inside the loupe, CSS px per picture px. */
export function loupeScale(paneScale: number, pixelRatio: number): number {
  return Math.max(MAGNIFIES / pixelRatio, paneScale * MAGNIFIES);
}

/** Where the picture lies inside the loupe, so that the point under `at` (in the pane) is in its middle. */
export function loupeView(at: Point, pane: View, pixelRatio: number): View {
  const scale = loupeScale(pane.scale, pixelRatio);
  return {
    scale,
    x: LOUPE.width / 2 - ((at.x - pane.x) / pane.scale) * scale,
    y: LOUPE.height / 2 - ((at.y - pane.y) / pane.scale) * scale,
  };
}

/** Keeps a point in a pane. */
export function inside({ x, y }: Point, { width, height }: Size): Point {
  return { x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) };
}

type Mover = (dx: number, dy: number) => void;
let mover: Mover | null = null;

/** Keys reach the loupe through this while it is on; null otherwise. */
export const loupeMover = {
  get: (): Mover | null => mover,
  set: (next: Mover): (() => void) => {
    mover = next;
    return () => {
      if (mover === next) mover = null;
    };
  },
};
