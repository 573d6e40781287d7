import type { Sha256 } from '../../shared/ids.ts';
import type { Hold, Point, Relative, Size, View } from './viewport.ts';

/** What a pane shows now, and how. */
export type PaneLook = {
  readonly sha256: Sha256;
  readonly natural: Size;
  /** The box that the turned picture fills. */
  readonly content: Size;
  readonly hold: Hold;
  readonly view: View;
  readonly room: Size;
  readonly box: HTMLElement;
};

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
  /** Null before it is on screen. */
  look(): PaneLook | null;
};

const handles = new Map<number, PaneHandle>();
const watchers = new Set<(pane: number) => void>();

/** The panes on screen by their number; commands reach the active one through it. */
export const paneHandles = {
  get: (pane: number): PaneHandle | undefined => handles.get(pane),
  set: (pane: number, handle: PaneHandle): (() => void) => {
    handles.set(pane, handle);
    paneHandles.moved(pane);
    return () => {
      if (handles.get(pane) === handle) handles.delete(pane);
    };
  },
  /** Tells when a pane shows another part or another picture; gives the way to stop. */
  watch: (watcher: (pane: number) => void): (() => void) => {
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
    };
  },
  /** A pane has moved. Costs nothing while no tool watches. */
  moved: (pane: number): void => {
    for (const watcher of watchers) watcher(pane);
  },
  /** Moves all panes but one to the same view. */
  followAll: (except: number, relative: Relative): void => {
    for (const [pane, handle] of handles) if (pane !== except) handle.follow(relative);
  },
};
