import type { Shot } from './framing.ts';
import { project, toSheet } from './homography.ts';

/** Spacing of the points at which light is computed; it changes slowly, so the pixels between are interpolated. */
const STEP = 16;

/** Values on a coarse grid over the picture. */
export type Field = { readonly columns: number; readonly values: Float32Array };

function field(shot: Shot, value: (x: number, y: number) => number): Field {
  const columns = Math.ceil(shot.width / STEP) + 2;
  const rows = Math.ceil(shot.height / STEP) + 2;
  const values = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = value((column * STEP) / shot.width, (row * STEP) / shot.height);
    }
  }
  return { columns, values };
}

/** Fills `out` with the field along the pixel row `y`. */
export function fillRow({ columns, values }: Field, y: number, out: Float32Array): void {
  const row = Math.floor(y / STEP);
  const share = y / STEP - row;
  const upper = row * columns;
  const lower = upper + columns;
  const at = (column: number) => (values[upper + column] ?? 0) * (1 - share) + (values[lower + column] ?? 0) * share;
  for (let column = 0, x = 0; x < out.length; column++) {
    const left = at(column);
    const slope = (at(column + 1) - left) / STEP;
    for (let within = 0; within < STEP && x < out.length; within++, x++) out[x] = left + slope * within;
  }
}

/** Light from one side, less towards the corners: a factor. */
export function lightField(shot: Shot): Field {
  return field(shot, (x, y) => {
    const [dx, dy] = [x - 0.5, y - 0.5];
    return shot.exposure * (1 + shot.slope.x * dx + shot.slope.y * dy) * (1 - shot.vignette * 2 * (dx * dx + dy * dy));
  });
}

/** Reflected lamps: levels added. */
export function glareField(shot: Shot): Field {
  const aspect = shot.height / shot.width;
  return field(shot, (x, y) =>
    shot.glare.reduce((sum, { at, radius, strength }) => {
      const distance = Math.hypot(x - at.x, (y - at.y) * aspect) / radius;
      return sum + strength * Math.exp(-distance * distance * 1.6);
    }, 0),
  );
}

/** How much light the sheet, which lies a little above the desk, takes from the desk beside it: a factor. */
export function shadowField(shot: Shot, width: number, height: number): Field {
  const matrix = toSheet(shot.quad, width, height);
  const reach = Math.max(width, height) * 0.035;
  return field(shot, (x, y) => {
    const { x: u, y: v } = project(matrix, { x: x * shot.width - reach * 0.25, y: y * shot.height - reach * 0.45 });
    const outside = Math.hypot(Math.max(0, -u, u - width), Math.max(0, -v, v - height));
    return 1 - shot.shadow * Math.exp(-outside / reach);
  });
}
