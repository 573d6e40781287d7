import type { Point, Relative } from './viewport.ts';

/** What commands can do to the picture of a pane. */
export type PaneHandle = {
  fit(): void;
  fitWidth(): void;
  /** 100 % about a point of the pane (its middle if not named), or back to fit when it is there already. */
  toggleActual(at?: Point): void;
  zoomBy(factor: number, at?: Point): void;
  /** CSS px; positive moves the picture right and down. */
  panBy(dx: number, dy: number): void;
  follow(relative: Relative): void;
};

const handles = new Map<number, PaneHandle>();

/** The panes on screen by their number; commands reach the active one through it. */
export const paneHandles = {
  get: (pane: number): PaneHandle | undefined => handles.get(pane),
  set: (pane: number, handle: PaneHandle): (() => void) => {
    handles.set(pane, handle);
    return () => {
      if (handles.get(pane) === handle) handles.delete(pane);
    };
  },
  /** Moves all panes but one to the same view. */
  followAll: (except: number, relative: Relative): void => {
    for (const [pane, handle] of handles) if (pane !== except) handle.follow(relative);
  },
};
