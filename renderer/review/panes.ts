import type { Slot } from '../../shared/ids.ts';

/** How many pictures stand side by side. */
export type Layout = 1 | 2 | 4 | 'all';

/**
 * Which picture stands in which pane. `active` is the pane that keys act on. A pinned picture keeps pane 0 while the
 * others step on.
 */
export type Panes = {
  readonly layout: Layout;
  readonly slots: readonly (Slot | null)[];
  readonly active: number;
  readonly pinned: Slot | null;
};

const paneCount = (layout: Layout, order: readonly Slot[]) => (layout === 'all' ? Math.max(1, order.length) : layout);

const pinHolds = (pinned: Slot | null, layout: Layout, order: readonly Slot[]): pinned is Slot =>
  pinned !== null && layout !== 1 && layout !== 'all' && order.includes(pinned);

/** Fills the panes with pictures in order so that `slot` is seen; `edge` says on which side of the free panes. */
function fill(panes: Panes, order: readonly Slot[], slot: Slot | undefined, edge: 'first' | 'last'): Panes {
  const { layout, pinned } = panes;
  const held = pinHolds(pinned, layout, order) ? pinned : null;
  const free = held ? order.filter((other) => other !== held) : order;
  const room = paneCount(layout, order) - (held ? 1 : 0);
  const at = slot === undefined || slot === held ? 0 : free.indexOf(slot);
  const from = Math.max(0, Math.min(edge === 'first' ? at : at - room + 1, free.length - room));
  const shown: (Slot | null)[] = Array.from({ length: room }, (_, index) => free[from + index] ?? null);
  const slots = held ? [held, ...shown] : shown;
  const active = slot === undefined ? (held ? 1 : 0) : slots.indexOf(slot);
  return { ...panes, slots, active: Math.max(0, Math.min(active, slots.length - 1)) };
}

/** The panes of a newly opened submission; layout and pin stay from the one before. */
export function openPanes(before: Pick<Panes, 'layout' | 'pinned'>, order: readonly Slot[], at?: Slot): Panes {
  return fill({ ...before, slots: [], active: 0 }, order, at && order.includes(at) ? at : undefined, 'first');
}

/** The picture that keys act on. */
export function activeSlot(panes: Panes): Slot | null {
  return panes.slots[panes.active] ?? null;
}

/** Shows a picture and makes it the target: where it stands, or with its neighbours in the free panes. */
export function goTo(panes: Panes, order: readonly Slot[], slot: Slot, edge: 'first' | 'last' = 'first'): Panes {
  const seen = panes.slots.indexOf(slot);
  return seen >= 0 ? { ...panes, active: seen } : fill(panes, order, slot, edge);
}

/** The next (1) or previous (−1) picture in the order of the catalogue; stays at the ends. */
export function step(panes: Panes, order: readonly Slot[], by: 1 | -1): Panes {
  const current = activeSlot(panes);
  const at = current === null ? -1 : order.indexOf(current);
  const next = order[at + by];
  return next === undefined ? panes : goTo(panes, order, next, by > 0 ? 'first' : 'last');
}

/** Puts any picture in a pane; a picture seen elsewhere changes places with it. The pinned pane keeps its own. */
export function put(panes: Panes, order: readonly Slot[], slot: Slot, pane: number): Panes {
  const from = panes.slots.indexOf(slot);
  const guarded = pinHolds(panes.pinned, panes.layout, order) && (pane === 0 || from === 0);
  if (guarded || pane >= panes.slots.length) return from >= 0 ? { ...panes, active: from } : panes;
  const slots = panes.slots.map((held, index) => {
    if (index === pane) return slot;
    return index === from ? (panes.slots[pane] ?? null) : held;
  });
  return { ...panes, slots, active: pane };
}

/** Another number of panes, with the same target. */
export function withLayout(panes: Panes, order: readonly Slot[], layout: Layout): Panes {
  return fill({ ...panes, layout }, order, activeSlot(panes) ?? undefined, 'first');
}

/** Pins the target to pane 0, or lets the pinned one go. From one pane it opens a second. */
export function togglePin(panes: Panes, order: readonly Slot[]): Panes {
  const target = activeSlot(panes);
  if (target === null) return panes;
  const layout = panes.layout === 1 || panes.layout === 'all' ? 2 : panes.layout;
  const pinned = panes.pinned === target ? null : target;
  return fill({ ...panes, layout, pinned }, order, target, 'first');
}

/** The next picture in order that is still to be judged, after `from` and around; null when there is none. */
export function nextOpen(order: readonly Slot[], open: ReadonlySet<Slot>, from: Slot | null): Slot | null {
  const at = from === null ? -1 : order.indexOf(from);
  const around = [...order.slice(at + 1), ...order.slice(0, at + 1)];
  return around.find((slot) => open.has(slot)) ?? null;
}

/** Columns of the panes' grid: side by side first, and near to the shape of papers when there are many. */
function columnsFor(panes: number): number {
  if (panes <= 3) return panes;
  if (panes === 4) return 2;
  return panes <= 8 ? Math.ceil(panes / 2) : Math.ceil(panes / 3);
}

/** How a grid of so many panes is laid out, as CSS. */
export function gridOf(panes: number): { readonly gridTemplateColumns: string; readonly gridTemplateRows: string } {
  const columns = columnsFor(panes);
  return {
    gridTemplateColumns: `repeat(${columns}, 1fr)`,
    gridTemplateRows: `repeat(${Math.ceil(panes / columns)}, 1fr)`,
  };
}
