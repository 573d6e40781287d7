import { create } from 'zustand';
import type { MaterialCode, Slot } from '../../shared/ids.ts';
import { type Hold, mirror, turnBy, UPRIGHT } from '../viewer/viewport.ts';
import { arrive, chosen, useLayouts } from './layouts.ts';
import { activeSlot, goTo, type Layout, openPanes, type Panes, put, step, togglePin, withLayout } from './panes.ts';

/** What lies over the pictures. */
export type Overlay =
  | { readonly kind: 'none' }
  /** `again`: what was said of the picture before still holds. */
  | { readonly kind: 'reasons'; readonly slot: Slot; readonly again?: boolean }
  | { readonly kind: 'return' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'sendBack' }
  | { readonly kind: 'takeover' }
  | { readonly kind: 'note'; readonly slot: Slot | null }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'aside' }
  | { readonly kind: 'reference' }
  | { readonly kind: 'compare'; readonly slot: Slot };

const NONE: Overlay = { kind: 'none' };

type ReviewState = {
  /** Pictures of the open submission in the order of the catalogue. */
  readonly order: readonly Slot[];
  readonly panes: Panes;
  /** How each picture is held; forgotten with the submission, so that nothing leaks to the next. */
  readonly holds: Readonly<Partial<Record<Slot, Hold>>>;
  readonly linked: boolean;
  readonly formShown: boolean;
  /** The ID number is shown in full, for this submission only. */
  readonly unmasked: boolean;
  /** Material under the pointer or focus in the form, lit in the strip. */
  readonly lit: readonly MaterialCode[];
  readonly overlay: Overlay;
  start(order: readonly Slot[], at?: Slot): void;
  /** The pictures changed under the open submission. */
  follow(order: readonly Slot[]): void;
  go(slot: Slot): void;
  step(by: 1 | -1): void;
  activate(pane: number): void;
  put(slot: Slot, pane: number): void;
  layout(layout: Layout): void;
  togglePin(): void;
  toggleLink(): void;
  toggleForm(): void;
  toggleMask(): void;
  light(materials: readonly MaterialCode[]): void;
  turn(slot: Slot, by: 90 | -90 | 180): void;
  mirror(slot: Slot): void;
  hold(slot: Slot, change: (hold: Hold) => Hold): void;
  lay(overlay: Overlay): void;
  clear(): void;
};

/** The review screen's own state: what stands where and how it is held. Layout, pin and link outlast a submission. */
export const useReview = create<ReviewState>()((set) => ({
  order: [],
  panes: { layout: 2, slots: [], active: 0, pinned: null },
  holds: {},
  linked: false,
  formShown: true,
  unmasked: false,
  lit: [],
  overlay: NONE,
  start: (order, at) =>
    set(({ panes }) => ({
      order,
      panes: arrive(null, openPanes(panes, order, at), order, useLayouts.getState()),
      holds: {},
      unmasked: false,
      lit: [],
      overlay: NONE,
    })),
  follow: (order) =>
    set(({ panes, order: before }) =>
      order.join() === before.join()
        ? {}
        : { order, panes: openPanes(panes, order, panes.slots[panes.active] ?? undefined) },
    ),
  go: (slot) =>
    set(({ panes, order }) => ({
      panes: arrive(activeSlot(panes), goTo(panes, order, slot), order, useLayouts.getState()),
    })),
  step: (by) =>
    set(({ panes, order }) => ({
      panes: arrive(activeSlot(panes), step(panes, order, by), order, useLayouts.getState()),
    })),
  activate: (active) => set(({ panes }) => ({ panes: { ...panes, active } })),
  put: (slot, pane) => set(({ panes, order }) => ({ panes: put(panes, order, slot, pane) })),
  layout: (layout) =>
    set(({ panes, order }) => {
      useLayouts.setState((choice) => chosen(choice, activeSlot(panes), layout));
      return { panes: withLayout(panes, order, layout) };
    }),
  togglePin: () => set(({ panes, order }) => ({ panes: togglePin(panes, order) })),
  toggleLink: () => set(({ linked }) => ({ linked: !linked })),
  toggleForm: () => set(({ formShown }) => ({ formShown: !formShown })),
  toggleMask: () => set(({ unmasked }) => ({ unmasked: !unmasked })),
  light: (lit) => set({ lit }),
  turn: (slot, by) => set(({ holds }) => ({ holds: { ...holds, [slot]: turnBy(holds[slot] ?? UPRIGHT, by) } })),
  mirror: (slot) => set(({ holds }) => ({ holds: { ...holds, [slot]: mirror(holds[slot] ?? UPRIGHT) } })),
  hold: (slot, change) => set(({ holds }) => ({ holds: { ...holds, [slot]: change(holds[slot] ?? UPRIGHT) } })),
  lay: (overlay) => set({ overlay }),
  clear: () => set({ overlay: NONE }),
}));

/** The review screen's state, for what acts and does not follow it. */
export const reviewState = () => useReview.getState();
