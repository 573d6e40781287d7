import { describe, expect, it } from 'vitest';
import { project, type Quad, toSheet } from '../../../../../service/sample/photo/homography.ts';

const QUADS: readonly Quad[] = [
  [
    { x: 10, y: 20 },
    { x: 410, y: 24 },
    { x: 402, y: 330 },
    { x: 14, y: 318 },
  ],
  [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 50 },
    { x: 0, y: 50 },
  ],
];

describe('toSheet', () => {
  it.each(QUADS.map((quad) => [quad] as const))('takes the corners in the picture to those of the sheet', (quad) => {
    const matrix = toSheet(quad, 800, 600);
    const corners = quad.map((corner) => project(matrix, corner));
    for (const [at, { x, y }] of corners.entries()) {
      expect(x).toBeCloseTo(at === 1 || at === 2 ? 800 : 0, 6);
      expect(y).toBeCloseTo(at > 1 ? 600 : 0, 6);
    }
  });
});
