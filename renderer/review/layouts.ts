import { create } from 'zustand';
import { type MaterialCode, materialOf, type Slot } from '../../shared/ids.ts';
import { activeSlot, type Layout, type Panes, withLayout } from './panes.ts';

/** Layouts that the reviewer had remembered for a material: its pictures open so, all others as usual. */
export type Layouts = Readonly<Partial<Record<MaterialCode, Layout>>>;

/** What is remembered, and the layout of all other materials: the one last chosen on one of them. */
export type LayoutChoice = {
  readonly layouts: Layouts;
  readonly usual: Layout;
  /** The usual one before another was chosen on a material: it is that again when the choice is remembered for it alone. */
  readonly before: { readonly material: MaterialCode; readonly usual: Layout } | null;
};

export const useLayouts = create<LayoutChoice>()(() => ({ layouts: {}, usual: 2, before: null }));

/**
 * The panes after a move to another picture, in the layout of its material. Within a material nothing changes; nor while
 * a picture is pinned or all are shown, since both were asked for across materials.
 */
export function arrive(
  before: Slot | null,
  panes: Panes,
  order: readonly Slot[],
  { layouts, usual }: Pick<LayoutChoice, 'layouts' | 'usual'>,
): Panes {
  const slot = activeSlot(panes);
  if (!slot || panes.pinned !== null || panes.layout === 'all') return panes;
  if (before && materialOf(before) === materialOf(slot)) return panes;
  const layout = layouts[materialOf(slot)] ?? usual;
  return layout === panes.layout ? panes : withLayout(panes, order, layout);
}

/** After a layout was chosen on a picture: the usual one, unless its material has one of its own; then it is for now. */
export function chosen(choice: LayoutChoice, slot: Slot | null, layout: Layout): LayoutChoice {
  if (slot === null || layout === 'all') return { ...choice, usual: layout, before: null };
  const material = materialOf(slot);
  if (choice.layouts[material] !== undefined) return choice;
  const before = choice.before?.material === material ? choice.before : { material, usual: choice.usual };
  return { ...choice, usual: layout, before };
}

/** Remembers a layout for a material, or forgets it when it is remembered already. */
export function toggled(choice: LayoutChoice, material: MaterialCode, layout: Layout): LayoutChoice {
  const { [material]: known, ...others } = choice.layouts;
  if (known === layout) return { ...choice, layouts: others, before: null };
  const usual = choice.before?.material === material ? choice.before.usual : choice.usual;
  return { layouts: { ...others, [material]: layout }, usual, before: null };
}
