import type { Form } from '../../shared/form.ts';
import { type MaterialCode, materialOf, type Slot } from '../../shared/ids.ts';
import type { PlantedDefect } from './defects.ts';
import { type Dossier, dossierOf } from './dossier.ts';
import { formOf } from './form.ts';
import type { Order } from './order.ts';
import { papersOf } from './papers.ts';
import { siteOf } from './policy.ts';
import { profileOf } from './profiles.ts';
import type { Random } from './random.ts';

/** A candidate in the making: the truth, the form as typed, the pictures as ordered. Planting a defect changes it. */
export type Draft = {
  readonly seed: number;
  readonly site: ReturnType<typeof siteOf>;
  readonly dossier: Dossier;
  form: Form;
  readonly orders: Map<Slot, Order>;
  /** Slots that carry a defect, so that no second one hides the first. */
  readonly taken: Set<Slot>;
  readonly defects: PlantedDefect[];
};

/** The order of a slot without any defect; another `take` is another photograph of the same paper. */
export function cleanOrder(seed: number, dossier: Dossier, slot: Slot, take: string): Order {
  return { seed, take, slot, shows: slot, dossier, flaws: {}, spoils: [] };
}

/** The candidate with an index (from 0) before anything is planted. */
export function cleanDraft(seed: number, index: number, today: string): Draft {
  const site = siteOf(index);
  const dossier = dossierOf(seed, index, today, profileOf(seed, index), site);
  const slots = papersOf(seed, dossier);
  return {
    seed,
    site,
    dossier,
    form: formOf(dossier),
    orders: new Map(slots.map((slot) => [slot, cleanOrder(seed, dossier, slot, 'first')])),
    taken: new Set(),
    defects: [],
  };
}

/** Slots of the materials that carry no defect yet. */
export function freeSlots(draft: Draft, materials?: readonly MaterialCode[]): Slot[] {
  return [...draft.orders.keys()].filter(
    (slot) => !draft.taken.has(slot) && (materials === undefined || materials.includes(materialOf(slot))),
  );
}

/** Picks a free slot of the materials and marks it; `null` when there is none. */
export function takeSlot(draft: Draft, random: Random, materials?: readonly MaterialCode[]): Slot | null {
  const free = freeSlots(draft, materials);
  if (free.length === 0) return null;
  const slot = random.pick(free);
  draft.taken.add(slot);
  return slot;
}

/** Changes the order of a slot. */
export function change(draft: Draft, slot: Slot, by: Partial<Order>): void {
  const order = draft.orders.get(slot);
  if (order) draft.orders.set(slot, { ...order, ...by });
}

/** Changes what the papers of some materials say. */
export function rewrite(draft: Draft, materials: readonly MaterialCode[], by: Partial<Dossier>): void {
  for (const [slot, order] of draft.orders) {
    if (materials.includes(materialOf(slot))) {
      draft.orders.set(slot, { ...order, dossier: { ...order.dossier, ...by } });
    }
  }
}
