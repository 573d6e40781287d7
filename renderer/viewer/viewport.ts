import type { ImageFacts } from '../../shared/checks/check.ts';
import { type Adjust, adjusted } from './adjust.ts';

/** Arithmetic of fitting, zooming, turning and linking pictures. Stateless; lengths in CSS px, angles in degrees clockwise. */

export type Size = { readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };
/** Where the picture lies in its pane: `scale` = CSS px per image px, `x` `y` = its top left corner in the pane. */
export type View = { readonly scale: number; readonly x: number; readonly y: number };
export type Turn = 0 | 90 | 180 | 270;
/** How a picture is held: turned first, then mirrored left to right as seen. */
export type Hold = {
  readonly turn: Turn;
  readonly mirrored: boolean;
  /** A fine turn for reading, on top of `turn`; clockwise in the picture's own frame. */
  readonly tilt: number;
  /** Shown otherwise than uploaded; null for as it is. */
  readonly adjust: Adjust | null;
};

/** As uploaded. */
export const UPRIGHT: Hold = { turn: 0, mirrored: false, tilt: 0, adjust: null };
/** A fine turn goes so far either way. */
const MAX_TILT = 20;
/** Zoom limits, CSS px per image px. */
export const MIN_SCALE = 0.02;
export const MAX_SCALE = 8;

const clampScale = (scale: number) => Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));

/** Turns by ±90° or 180° as seen on the screen: a mirrored picture turns the other way in its own frame. */
export function turnBy(hold: Hold, degrees: 90 | -90 | 180): Hold {
  const own = hold.mirrored ? -degrees : degrees;
  return { ...hold, turn: ((((hold.turn + own) % 360) + 360) % 360) as Turn };
}

/** Mirrors left to right as seen on the screen. */
export function mirror(hold: Hold): Hold {
  return { ...hold, mirrored: !hold.mirrored };
}

/** Turns finely as seen on the screen, in steps of half a degree. */
export function tiltBy(hold: Hold, degrees: number): Hold {
  const tilt = Math.round((hold.tilt + (hold.mirrored ? -degrees : degrees)) * 2) / 2;
  return { ...hold, tilt: Math.min(MAX_TILT, Math.max(-MAX_TILT, tilt)) };
}

/** The fine turn as it is seen, degrees clockwise. */
export function seenTilt({ tilt, mirrored }: Hold): number {
  return mirrored && tilt !== 0 ? -tilt : tilt;
}

/** Changes how it is shown. */
export function adjustBy(hold: Hold, change: Partial<Adjust>): Hold {
  return { ...hold, adjust: adjusted(hold.adjust, change) };
}

/** Size of the box that a turned picture fills. */
export function turnedSize(picture: Size, turn: Turn): Size {
  return turn % 180 === 0 ? picture : { width: picture.height, height: picture.width };
}

/**
 * CSS transform that holds a picture in the box that it fills, from the top left corner of both. In px, not in halves of
 * the box: those fall between two pixels where a side is odd, and blur.
 */
export function holdTransform({ turn, mirrored, tilt }: Hold, picture: Size): string {
  const box = turnedSize(picture, turn);
  const move = (x: number, y: number) => `translate(${x}px, ${y}px)`;
  const mirroring = mirrored ? ' scaleX(-1)' : '';
  const back = move(-picture.width / 2, -picture.height / 2);
  return `${move(box.width / 2, box.height / 2)}${mirroring} rotate(${turn + tilt}deg) ${back}`;
}

/** Whether a picture is shown larger than a rendition whose long side has `side` px, so that this one would be blurred. */
export function outgrows(side: number, picture: Size, scale: number, pixelRatio: number): boolean {
  return Math.max(picture.width, picture.height) * scale * pixelRatio > side;
}

/** Keeps the picture in sight: centred where it is smaller than the pane, edge to edge where it is larger. */
export function settle(view: View, content: Size, pane: Size): View {
  const along = (offset: number, length: number, room: number) => {
    const size = length * view.scale;
    return size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, offset));
  };
  return {
    scale: view.scale,
    x: along(view.x, content.width, pane.width),
    y: along(view.y, content.height, pane.height),
  };
}

/** The whole picture, never enlarged beyond one image px per device px. */
export function fitWhole(content: Size, pane: Size, pixelRatio: number): View {
  const scale = clampScale(Math.min(pane.width / content.width, pane.height / content.height, 1 / pixelRatio));
  return settle({ scale, x: 0, y: 0 }, content, pane);
}

/** The picture as wide as the pane, from its top. */
export function fitWidth(content: Size, pane: Size): View {
  return settle({ scale: clampScale(pane.width / content.width), x: 0, y: 0 }, content, pane);
}

/** Another scale with the point of the picture under `at` (in the pane) kept in place. */
export function zoomTo(view: View, scale: number, at: Point, content: Size, pane: Size): View {
  const next = clampScale(scale);
  const ratio = next / view.scale;
  return settle({ scale: next, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, content, pane);
}

/** The nearest place where picture px lie on device px exactly, for views in which they are as large or a multiple. */
export function onPixels(view: View, pixelRatio: number): View {
  const size = view.scale * pixelRatio;
  if (size < 1 || Math.abs(size - Math.round(size)) > 1e-6) return view;
  const whole = (css: number) => Math.round(css * pixelRatio) / pixelRatio;
  return { scale: view.scale, x: whole(view.x), y: whole(view.y) };
}

/** One image px per device px (100 %), about a point. */
export function actualSize(view: View, at: Point, content: Size, pane: Size, pixelRatio: number): View {
  return zoomTo(view, 1 / pixelRatio, at, content, pane);
}

/** The zoom figure: percent of device px per image px. */
export function zoomPercent(scale: number, pixelRatio: number): number {
  return Math.round(scale * pixelRatio * 100);
}

/** A view told apart from the picture's size: zoom in multiples of the whole fitted, and the point in the middle, 0 to 1. */
export type Relative = { readonly zoom: number; readonly centre: Point };

/** What linked panes share. */
export function toRelative(view: View, content: Size, pane: Size, pixelRatio: number): Relative {
  return {
    zoom: view.scale / fitWhole(content, pane, pixelRatio).scale,
    centre: {
      x: (pane.width / 2 - view.x) / (content.width * view.scale),
      y: (pane.height / 2 - view.y) / (content.height * view.scale),
    },
  };
}

/** The same view on another picture. */
export function fromRelative({ zoom, centre }: Relative, content: Size, pane: Size, pixelRatio: number): View {
  const scale = clampScale(zoom * fitWhole(content, pane, pixelRatio).scale);
  return settle(
    {
      scale,
      x: pane.width / 2 - centre.x * content.width * scale,
      y: pane.height / 2 - centre.y * content.height * scale,
    },
    content,
    pane,
  );
}

/** Device px that a picture fills at a scale: the size of a tile of it that needs no scaling. */
export function tileSize(picture: Size, scale: number, pixelRatio: number): Size {
  const along = (length: number) => Math.max(1, Math.round(length * scale * pixelRatio));
  return { width: along(picture.width), height: along(picture.height) };
}

/** Device px of a picture that covers a frame of CSS px. */
export function coverSize(picture: Size, frame: Size, pixelRatio: number): Size {
  return tileSize(picture, Math.max(frame.width / picture.width, frame.height / picture.height), pixelRatio);
}

/** Where a tile of so many device px lies: in the middle of the picture's box, its corner on a whole device px. */
export function tilePlace(view: View, content: Size, tile: Size, pixelRatio: number): Point {
  const along = (offset: number, length: number, own: number) =>
    Math.round(offset * pixelRatio + (length * view.scale * pixelRatio - own) / 2) / pixelRatio;
  return { x: along(view.x, content.width, tile.width), y: along(view.y, content.height, tile.height) };
}

/** Size as the browser shows it: EXIF orientations 5 to 8 lie on their side. */
export function shownSize(facts: ImageFacts | undefined): Size | null {
  if (!facts || facts.width === 0 || facts.height === 0) return null;
  const { width, height } = facts;
  return facts.orientation >= 5 ? { width: height, height: width } : { width, height };
}
