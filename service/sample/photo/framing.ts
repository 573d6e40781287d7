import type { Drawing } from '../draw/svg.ts';
import type { Spoil } from '../order.ts';
import type { Random } from '../random.ts';
import type { Point, Quad } from './homography.ts';
import { DESKS, type Desk } from './tiles.ts';

/** How a picture is taken. Lengths in pixels of the picture, light as factors. */
export type Shot = {
  readonly width: number;
  readonly height: number;
  /** Where the sheet lies in the picture. */
  readonly quad: Quad;
  /** Pixels across the sheet when it is drawn. */
  readonly sheetWidth: number;
  readonly desk: Desk;
  readonly exposure: number;
  /** Brightness gained from left to right and from top to bottom. */
  readonly slope: Point;
  readonly vignette: number;
  readonly shadow: number;
  readonly warmth: number;
  /** Deviation of the sensor noise, levels. */
  readonly noise: number;
  /** Blinding spots: centre and radius as shares of the picture. */
  readonly glare: readonly { readonly at: Point; readonly radius: number; readonly strength: number }[];
  readonly moire: boolean;
};

const has = (spoils: readonly Spoil[], kind: Spoil['kind']) => spoils.some((spoil) => spoil.kind === kind);

function longSide(random: Random): number {
  const share = random.unit();
  if (share < 0.66) return random.int(1010, 1160);
  if (share < 0.91) return random.int(1161, 1340);
  if (share < 0.98) return random.int(1341, 1600);
  return random.int(1601, 1980);
}

function turn({ x, y }: Point, centre: Point, radians: number): Point {
  const [dx, dy] = [x - centre.x, y - centre.y];
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return { x: centre.x + dx * cos - dy * sin, y: centre.y + dx * sin + dy * cos };
}

function quadOf(centre: Point, size: { width: number; height: number }, degrees: number, jitter: () => number): Quad {
  const [w, h] = [size.width / 2, size.height / 2];
  const corner = (dx: number, dy: number) =>
    turn(
      { x: centre.x + dx * w + jitter() * size.width, y: centre.y + dy * h + jitter() * size.width },
      centre,
      (degrees * Math.PI) / 180,
    );
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** A scene fills the picture: nothing to lie on, nothing to tilt. */
function scene(drawing: Drawing, long: number): Pick<Shot, 'width' | 'height' | 'quad' | 'sheetWidth' | 'desk'> {
  const scale = long / Math.max(drawing.width, drawing.height);
  const width = Math.round(drawing.width * scale);
  const height = Math.round(drawing.height * scale);
  return {
    width,
    height,
    quad: quadOf({ x: width / 2, y: height / 2 }, { width: width + 4, height: height + 4 }, 0, () => 0),
    sheetWidth: width,
    desk: 'room',
  };
}

function still(drawing: Drawing, long: number, random: Random, spoils: readonly Spoil[]) {
  const screen = has(spoils, 'screen');
  const copy = has(spoils, 'grey');
  const cropped = has(spoils, 'cropped');
  const tilted = has(spoils, 'tilted');
  const scanned = copy || (random.chance(0.16) && !screen && !tilted);
  const margin = scanned ? random.real(0.012, 0.03) : random.real(0.035, 0.085);
  const ratio = drawing.width / drawing.height;
  // The picture keeps to the sheet's shape, as people crop; a tilted sheet needs room around it.
  const aspect = scanned ? ratio : ratio * random.real(0.94, 1.06);
  const width = Math.round(aspect >= 1 ? long : long * aspect);
  const height = Math.round(aspect >= 1 ? long / aspect : long);
  const fit = Math.min((width * (1 - margin * 2)) / drawing.width, (height * (1 - margin * 2)) / drawing.height);
  const scale = fit * (cropped ? random.real(1.25, 1.4) : tilted ? 0.8 : 1);
  const size = { width: drawing.width * scale, height: drawing.height * scale };
  const away = cropped
    ? random.pick([
        [0.24, 0.04],
        [-0.24, -0.04],
        [0.03, 0.2],
      ] as const)
    : ([0, 0] as const);
  const centre = {
    x: width / 2 + away[0] * width + random.real(-0.2, 0.2) * margin * width,
    y: height / 2 + away[1] * height + random.real(-0.2, 0.2) * margin * height,
  };
  const degrees = tilted ? random.pick([-1, 1]) * random.real(12, 17) : random.real(-1, 1) * (scanned ? 0.35 : 1.3);
  const wobble = scanned || screen ? 0.001 : 0.011;
  return {
    width,
    height,
    quad: quadOf(centre, size, degrees, () => random.real(-wobble, wobble)),
    sheetWidth: Math.round(size.width),
    desk: screen ? ('room' as const) : scanned ? ('scanner' as const) : random.pick(DESKS),
  };
}

function glareOf(random: Random, spoils: readonly Spoil[]): Shot['glare'] {
  if (!has(spoils, 'glare')) return [];
  const at = { x: random.real(0.34, 0.66), y: random.real(0.34, 0.66) };
  return [
    { at, radius: random.real(0.2, 0.26), strength: 420 },
    { at: { x: at.x + 0.16, y: at.y - 0.2 }, radius: 0.1, strength: 260 },
  ];
}

/** Decides how the drawing is photographed: angle, desk, light, and what goes wrong. */
export function frame(drawing: Drawing, random: Random, spoils: readonly Spoil[]): Shot {
  const long = longSide(random);
  const place = drawing.scene ? scene(drawing, long) : still(drawing, long, random, spoils);
  const scanned = place.desk === 'scanner';
  const dark = has(spoils, 'dark');
  return {
    ...place,
    exposure: (scanned ? 1 : random.real(0.86, 0.99)) * (dark ? random.real(0.15, 0.2) : 1),
    slope: scanned ? { x: 0.01, y: 0 } : { x: random.real(-0.13, 0.13), y: random.real(-0.13, 0.1) },
    vignette: scanned ? 0.01 : random.real(0.06, 0.2),
    shadow: scanned ? 0.1 : random.real(0.25, 0.5),
    warmth: scanned ? 0 : random.real(-0.035, 0.06),
    noise: dark ? 4.2 : scanned ? random.real(0.9, 1.5) : random.real(1.5, 2.9),
    glare: glareOf(random, spoils),
    moire: has(spoils, 'screen'),
  };
}
