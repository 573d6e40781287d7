import type { Sha256 } from '../../shared/ids.ts';
import { at, type Offset, offsetOf, without } from './link.ts';
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

/** A view that is kept for the next picture; `actual`: 100 %, whatever its size. */
export type Kept = { readonly relative: Relative; readonly actual: boolean };

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
  /** Where the reviewer moved it to; null while it is fitted. */
  kept(): Kept | null;
  keep(kept: Kept): void;
  /** The screen has other device px per CSS px than before. */
  rescale(from: number): void;
  /** All it shows, without what surrounds it; null before it has room. */
  relative(): Relative | null;
  /** Null before it is on screen. */
  look(): PaneLook | null;
};

const handles = new Map<number, PaneHandle>();
const offsets = new Map<number, Offset>();
const kept = new Map<number, Kept>();
let keeping = false;
let alone = false;
/** Panes of the grid are linked among themselves, and so are the two sides of a comparison. */
const group = (pane: number) => Math.floor(pane / 100);
const watchers = new Set<(pane: number) => void>();

/** The panes on screen by their number; commands reach the active one through it. */
export const paneHandles = {
  get: (pane: number): PaneHandle | undefined => handles.get(pane),
  set: (pane: number, handle: PaneHandle): (() => void) => {
    handles.set(pane, handle);
    paneHandles.moved(pane);
    return () => {
      if (handles.get(pane) !== handle) return;
      handles.delete(pane);
      paneHandles.moved(pane);
      offsets.delete(pane);
      const view = keeping ? handle.kept() : null;
      if (view) kept.set(pane, view);
      else kept.delete(pane);
    };
  },
  /** The panes on screen. */
  numbers: (): readonly number[] => [...handles.keys()],
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
  /** Moves the panes that are linked with one to its view, each at its offset. */
  followAll: (from: number, relative: Relative): void => {
    if (alone) return;
    const own = offsets.get(from);
    const lead = own ? without(relative, own) : relative;
    for (const [pane, handle] of handles) {
      if (pane === from || group(pane) !== group(from)) continue;
      const offset = offsets.get(pane);
      handle.follow(offset ? at(lead, offset) : lead);
    }
  },
  /** From here on linked panes keep the offsets that they have now. */
  holdOffsets: (lead: number): void => {
    offsets.clear();
    const from = handles.get(lead)?.relative();
    if (!from) return;
    for (const [pane, handle] of handles) {
      const own = pane === lead || group(pane) !== group(lead) ? null : handle.relative();
      if (own) offsets.set(pane, offsetOf(from, own));
    }
  },
  dropOffsets: (): void => offsets.clear(),
  /** While it is alone, a linked pane moves by itself. */
  setAlone: (on: boolean): void => {
    alone = on;
  },
  /** Whether a pane's next picture opens where the reviewer moved this one to. */
  setKeeping: (on: boolean): void => {
    keeping = on;
    kept.clear();
  },
  keptFor: (pane: number): Kept | null => (keeping ? (kept.get(pane) ?? null) : null),
  rescaleAll: (from: number): void => {
    for (const handle of handles.values()) handle.rescale(from);
  },
};
