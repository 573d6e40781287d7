import type { Relative } from './viewport.ts';

/** How far one pane's view lies from another's: a factor of the zoom, and a way in parts of the picture. */
export type Offset = { readonly zoom: number; readonly x: number; readonly y: number };

/** How far `own` lies from `lead`. */
export function offsetOf(lead: Relative, own: Relative): Offset {
  return { zoom: own.zoom / lead.zoom, x: own.centre.x - lead.centre.x, y: own.centre.y - lead.centre.y };
}

/** The view at an offset. */
export function at({ zoom, centre }: Relative, offset: Offset): Relative {
  return { zoom: zoom * offset.zoom, centre: { x: centre.x + offset.x, y: centre.y + offset.y } };
}

/** The view that an offset was taken from. */
export function without({ zoom, centre }: Relative, offset: Offset): Relative {
  return { zoom: zoom / offset.zoom, centre: { x: centre.x - offset.x, y: centre.y - offset.y } };
}
