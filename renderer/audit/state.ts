import { create } from 'zustand';
import { type AuditFilter, EVERYTHING } from '../../shared/audit/wire.ts';
import type { AccountId, DecisionId, Slot, SubmissionId } from '../../shared/ids.ts';
import { type Days, wholeDays } from '../ui/days.ts';

type AuditState = {
  /** Whose audit it is: another account begins anew. */
  readonly whose: AccountId | null;
  readonly filter: AuditFilter;
  readonly days: Days;
  /** Row of the list with the cursor. */
  readonly selected: DecisionId | null;
  /** The candidate whose history is open. */
  readonly open: SubmissionId | null;
  /** What is shown of it: an event by its name (`items.ts`), and a place. Null: the one that it was opened at, the first. */
  readonly item: string | null;
  readonly slot: Slot | null;
  ask(change: Partial<AuditFilter>): void;
  pick(days: Days): void;
  clear(): void;
  select(id: DecisionId): void;
  openHistory(id: SubmissionId, item: string): void;
  closeHistory(): void;
  at(item: string): void;
  look(slot: Slot): void;
  begin(whose: AccountId): void;
};

const START = {
  whose: null,
  filter: EVERYTHING,
  days: null,
  selected: null,
  open: null,
  item: null,
  slot: null,
} as const;

/** Where the supervisor is in the audit; kept while a submission is looked at meanwhile. */
export const useAudit = create<AuditState>()((set) => ({
  ...START,
  ask: (change) => set(({ filter }) => ({ filter: { ...filter, ...change }, selected: null })),
  pick: (days) =>
    set(({ filter }) => ({
      days,
      selected: null,
      filter: { ...filter, ...wholeDays(days) },
    })),
  clear: () => set({ filter: EVERYTHING, days: null, selected: null }),
  select: (selected) => set({ selected }),
  openHistory: (open, item) => set({ open, item, slot: null }),
  closeHistory: () => set({ open: null, item: null, slot: null }),
  at: (item) => set({ item, slot: null }),
  look: (slot) => set({ slot }),
  begin: (whose) => set({ ...START, whose }),
}));
