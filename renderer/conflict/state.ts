import { create } from 'zustand';
import type { DecisionId, Sha256, Slot } from '../../shared/ids.ts';
import { type Hold, mirror, turnBy, UPRIGHT } from '../viewer/viewport.ts';

/** Both pictures side by side, or one in the place of the other, to see what differs. */
export type Look = 'sides' | 'before' | 'after';

type ConflictState = {
  /** The decision on screen, and its place among all: where to go on when it is dealt with. */
  readonly id: DecisionId | null;
  readonly index: number;
  /** The place of the submission on screen; null for the first one. */
  readonly slot: Slot | null;
  readonly look: Look;
  /** How both pictures are held. */
  readonly hold: Hold;
  /** Pictures of now that were on screen, for this decision. */
  readonly seen: ReadonlySet<Sha256>;
  readonly choosing: boolean;
  start(id: DecisionId, index: number): void;
  go(slot: Slot): void;
  swap(): void;
  turn(by: 90 | -90): void;
  mirror(): void;
  see(sha256: Sha256): void;
  choose(choosing: boolean): void;
};

/** The conflict screen's own state; begins anew with each decision. */
export const useConflictView = create<ConflictState>()((set) => ({
  id: null,
  index: 0,
  slot: null,
  look: 'sides',
  hold: UPRIGHT,
  seen: new Set(),
  choosing: false,
  start: (id, index) =>
    set((before) =>
      before.id === id
        ? { index }
        : { id, index, slot: null, look: 'sides', hold: UPRIGHT, seen: new Set(), choosing: false },
    ),
  go: (slot) => set({ slot, hold: UPRIGHT }),
  swap: () => set(({ look }) => ({ look: look === 'sides' ? 'before' : look === 'before' ? 'after' : 'sides' })),
  turn: (by) => set(({ hold }) => ({ hold: turnBy(hold, by) })),
  mirror: () => set(({ hold }) => ({ hold: mirror(hold) })),
  see: (sha256) => set(({ seen }) => (seen.has(sha256) ? {} : { seen: new Set([...seen, sha256]) })),
  // What the new reasons are about must be in sight.
  choose: (choosing) => set({ choosing, look: 'sides' }),
}));

/** The same, for what acts and does not follow it. */
export const conflictViewState = () => useConflictView.getState();
