import { describe, expect, it } from 'vitest';
import { arrive, chosen, type LayoutChoice, type Layouts, toggled } from '../../../../renderer/review/layouts.ts';
import { activeSlot, goTo, openPanes, type Panes, togglePin, withLayout } from '../../../../renderer/review/panes.ts';
import { Slot } from '../../../../shared/ids.ts';

const [id1, id2, diploma1, diploma2, form] = ['M01-1', 'M01-2', 'M03-1', 'M03-2', 'M04-1'].map((slot) =>
  Slot.parse(slot),
) as [Slot, Slot, Slot, Slot, Slot];
const order = [id1, id2, diploma1, diploma2, form];
const known: { layouts: Layouts; usual: 1 } = { layouts: { M03: 2 }, usual: 1 };
const opened = (layout: Panes['layout']) => openPanes({ layout, pinned: null }, order, id1);
const move = (panes: Panes, to: Slot) => arrive(activeSlot(panes), goTo(panes, order, to), order, known);

describe('a remembered layout', () => {
  it('opens its material so, and the others as usual again', () => {
    const there = move(opened(1), diploma1);
    expect(there).toMatchObject({ layout: 2, slots: [diploma1, diploma2] });
    expect(activeSlot(there)).toBe(diploma1);
    const on = move(there, form);
    expect(on).toMatchObject({ layout: 1, slots: [form] });
  });

  it('changes nothing within a material, where another was chosen for now', () => {
    const there = withLayout(move(opened(1), diploma1), order, 4);
    expect(move(there, diploma2).layout).toBe(4);
  });

  it('changes nothing while a picture is pinned or all are shown', () => {
    const pinned = togglePin(opened(1), order);
    expect(move(pinned, diploma1).slots[0]).toBe(id1);
    expect(move(opened('all'), diploma1).layout).toBe('all');
  });

  const before: LayoutChoice = { layouts: {}, usual: 1, before: null };

  it('is for its material alone: the usual one is again what it was before the choice', () => {
    const tried = chosen(chosen(before, diploma1, 4), diploma1, 2);
    expect(tried.usual).toBe(2);
    expect(toggled(tried, 'M03', 2)).toEqual({ layouts: { M03: 2 }, usual: 1, before: null });
  });

  it('leaves the usual one alone when another is chosen on its material', () => {
    const kept = { ...before, layouts: { M03: 2 } } as const;
    expect(chosen(kept, diploma1, 4)).toEqual(kept);
    expect(chosen(kept, form, 4).usual).toBe(4);
    expect(chosen(kept, diploma1, 'all').usual).toBe('all');
  });

  it('is forgotten by the same key, and replaced by another', () => {
    const kept = { ...before, layouts: { M03: 2, M01: 1 } } as const;
    expect(toggled(kept, 'M03', 4).layouts).toEqual({ M03: 4, M01: 1 });
    expect(toggled(kept, 'M03', 2).layouts).toEqual({ M01: 1 });
  });
});
