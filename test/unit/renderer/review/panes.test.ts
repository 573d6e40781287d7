import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activeSlot,
  goTo,
  type Layout,
  nextOpen,
  openPanes,
  type Panes,
  put,
  step,
  togglePin,
  withLayout,
} from '../../../../renderer/review/panes.ts';
import type { MaterialCode, Slot } from '../../../../shared/ids.ts';
import { slotOf } from '../../../../shared/ids.ts';

const CODES: MaterialCode[] = ['M01', 'M02', 'M03', 'M04', 'M05', 'M10', 'M11', 'M12'];
const orders = fc
  .integer({ min: 1, max: 15 })
  .map((count): Slot[] =>
    Array.from({ length: count }, (_, index) =>
      slotOf(CODES[index % CODES.length] ?? 'M99', Math.floor(index / CODES.length) + 1),
    ),
  );
const layouts = fc.constantFrom<Layout>(1, 2, 4, 'all');

type Move =
  | { kind: 'step'; by: 1 | -1 }
  | { kind: 'go' | 'put'; n: number; pane: number }
  | { kind: 'pin' }
  | { kind: 'layout'; layout: Layout };
const moves = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('step' as const), by: fc.constantFrom(1 as const, -1 as const) }),
    fc.record({ kind: fc.constantFrom('go' as const, 'put' as const), n: fc.nat(20), pane: fc.nat(3) }),
    fc.record({ kind: fc.constant('pin' as const) }),
    fc.record({ kind: fc.constant('layout' as const), layout: layouts }),
  ),
  { maxLength: 30 },
);

function make(panes: Panes, order: Slot[], move: Move): Panes {
  switch (move.kind) {
    case 'step':
      return step(panes, order, move.by);
    case 'go':
      return goTo(panes, order, order[move.n % order.length] as Slot);
    case 'put':
      return put(panes, order, order[move.n % order.length] as Slot, move.pane % panes.slots.length);
    case 'pin':
      return togglePin(panes, order);
    case 'layout':
      return withLayout(panes, order, move.layout);
  }
}

describe('panes', () => {
  it('always show the target, no picture twice, and the pinned one in pane 0', () => {
    fc.assert(
      fc.property(orders, layouts, moves, (order, layout, all) => {
        let panes = openPanes({ layout, pinned: null }, order);
        for (const move of all) {
          panes = make(panes, order, move);
          const shown = panes.slots.filter((slot) => slot !== null);
          expect(new Set(shown).size).toBe(shown.length);
          expect(activeSlot(panes)).not.toBeNull();
          expect(panes.slots).toHaveLength(panes.layout === 'all' ? order.length : panes.layout);
          if (panes.pinned && (panes.layout === 2 || panes.layout === 4)) expect(panes.slots[0]).toBe(panes.pinned);
        }
      }),
    );
  });

  it('stepping on visits every picture once, and back again', () => {
    fc.assert(
      fc.property(orders, layouts, (order, layout) => {
        let panes = openPanes({ layout, pinned: null }, order);
        const seen = [activeSlot(panes)];
        for (let n = 1; n < order.length; n += 1) {
          panes = step(panes, order, 1);
          seen.push(activeSlot(panes));
        }
        expect(seen).toEqual(order);
        for (let n = 1; n < order.length; n += 1) panes = step(panes, order, -1);
        expect(activeSlot(panes)).toBe(order[0]);
      }),
    );
  });

  it('a pinned ID card stays while the others step on', () => {
    const order = CODES.map((code) => slotOf(code, 1));
    let panes = togglePin(openPanes({ layout: 2, pinned: null }, order), order);
    panes = step(panes, order, 1);
    for (const slot of order.slice(1)) {
      expect(panes.slots).toEqual([order[0], slot]);
      panes = step(panes, order, 1);
    }
  });

  it('keeps layout and pin for the next submission', () => {
    const order = CODES.map((code) => slotOf(code, 1));
    const panes = togglePin(openPanes({ layout: 4, pinned: null }, order), order);
    const next = openPanes(panes, order);
    expect(next.layout).toBe(4);
    expect(next.slots[0]).toBe(order[0]);
    expect(activeSlot(next)).toBe(order[1]);
  });
});

describe('nextOpen', () => {
  const order = CODES.map((code) => slotOf(code, 1));
  const [a, b, c] = order as [Slot, Slot, Slot];
  it('looks ahead first, then around', () => {
    expect(nextOpen(order, new Set([a, c]), b)).toBe(c);
    expect(nextOpen(order, new Set([a]), b)).toBe(a);
    expect(nextOpen(order, new Set(), b)).toBeNull();
    expect(nextOpen(order, new Set([a]), null)).toBe(a);
  });
});
