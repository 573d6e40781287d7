import { create } from 'zustand';
import type { Act } from '../shared/decision.ts';
import type { DecisionId, Slot, SubmissionId } from '../shared/ids.ts';
import type { QueueQuery } from '../shared/ipc.ts';

/** A short word on what was just done, with the way back. */
export type Notice = {
  readonly id: number;
  readonly text: string;
  readonly tone: 'done' | 'problem';
  readonly detail?: string;
  /** Offers undo. */
  readonly undo?: boolean;
  /** Offers redo. */
  readonly redo?: boolean;
  /** Offers the way to the conflicts. */
  readonly conflicts?: boolean;
};

/** A concluding decision that was not taken and is made anew on the review screen: its words are filled in there. */
export type Amending = {
  readonly id: DecisionId;
  readonly submissionId: SubmissionId;
  readonly act: Act;
  /** Picture to begin at. */
  readonly slot: Slot | null;
};

/** What lies over the pages, one at a time. */
export type Sheet =
  | 'palette'
  | 'shortcuts'
  | 'decisions'
  | 'connection'
  | 'account'
  | 'preferences'
  | 'phrases'
  | 'tour'
  | 'proofs'
  | 'pad';

/** Pages beside the review. */
export type Place = 'queue' | 'overview' | 'audit' | 'spotChecks';

/** An item of a spot check that is judged again. */
export type Spot = { readonly check: string; readonly n: number };

type DeskState = {
  /** The page to which one comes back from a submission. */
  readonly place: Place;
  /** The spot check that is looked at, and the item of it that is judged. */
  readonly spotCheck: string | null;
  readonly spot: Spot | null;
  /** Whose review record is read. */
  readonly recorded: SubmissionId | null;
  seeRecord(id: SubmissionId | null): void;
  seeSpotCheck(id: string | null): void;
  judgeAgain(spot: Spot | null): void;
  /** The submission under review, or null on the queue. */
  readonly reviewing: SubmissionId | null;
  /** The conflicts are open: at a decision, at the first one of a submission, or at the oldest (null). */
  readonly conflicts: { readonly at: DecisionId | SubmissionId | null } | null;
  readonly amending: Amending | null;
  /** Picture at which a submission begins when it comes on screen next, and no other. */
  readonly begin: { readonly id: SubmissionId; readonly slot: Slot | null } | null;
  readonly query: QueueQuery;
  /** Row of the queue with the cursor. */
  readonly selected: SubmissionId | null;
  /** The reviewer went on to the queue during the first sync. */
  readonly syncLeft: boolean;
  readonly sheet: Sheet | 'none';
  readonly notice: Notice | null;
  open(id: SubmissionId): void;
  /** Opens a submission at a picture. */
  openAt(id: SubmissionId, slot: Slot | null): void;
  setBegin(id: SubmissionId, slot: Slot | null): void;
  close(): void;
  /** Leaves what is open for a page. */
  go(place: Place): void;
  openConflicts(at: DecisionId | SubmissionId | null): void;
  closeConflicts(): void;
  amend(amending: Amending): void;
  ask(change: Partial<QueueQuery>): void;
  select(id: SubmissionId | null): void;
  leaveSync(): void;
  show(sheet: Sheet | 'none'): void;
  say(notice: Omit<Notice, 'id'>): void;
  hush(id: number): void;
  reset(): void;
};

const START = {
  place: 'queue',
  recorded: null,
  spotCheck: null,
  spot: null,
  reviewing: null,
  conflicts: null,
  amending: null,
  begin: null,
  query: { filter: 'open', sort: 'deadline', descending: false, search: '' } satisfies QueueQuery,
  selected: null,
  syncLeft: false,
  sheet: 'none',
  notice: null,
} as const;

let notices = 0;

/** Where the reviewer is: page, query, selection. Everything else is read from main. */
export const useDesk = create<DeskState>()((set, get) => ({
  ...START,
  open: (id) =>
    set(({ amending, begin }) => ({
      reviewing: id,
      selected: id,
      begin: begin?.id === id ? begin : null,
      conflicts: null,
      amending: amending?.submissionId === id ? amending : null,
    })),
  openAt: (id, slot) => {
    set({ begin: { id, slot } });
    get().open(id);
  },
  setBegin: (id, slot) => set({ begin: { id, slot } }),
  // Whoever came from a conflict goes back to it. A submission begins at the picture that was asked for once only.
  close: () =>
    set(({ amending }) => ({
      reviewing: null,
      begin: null,
      amending: null,
      conflicts: amending ? { at: amending.id } : null,
    })),
  seeRecord: (recorded) => set({ recorded, sheet: 'none' }),
  seeSpotCheck: (spotCheck) => set({ spotCheck }),
  judgeAgain: (spot) => set({ spot, reviewing: null, conflicts: null, sheet: 'none' }),
  go: (place) =>
    set({ place, spot: null, recorded: null, reviewing: null, amending: null, conflicts: null, sheet: 'none' }),
  openConflicts: (at) => set({ conflicts: { at }, amending: null, sheet: 'none', notice: null }),
  closeConflicts: () => set({ conflicts: null }),
  amend: (amending) => set({ reviewing: amending.submissionId, conflicts: null, amending }),
  ask: (change) => set(({ query }) => ({ query: { ...query, ...change } })),
  select: (id) => set({ selected: id }),
  leaveSync: () => set({ syncLeft: true }),
  show: (sheet) => set({ sheet }),
  say: (notice) => {
    notices += 1;
    set({ notice: { ...notice, id: notices } });
  },
  hush: (id) => set(({ notice }) => (notice?.id === id ? { notice: null } : {})),
  reset: () => set(START),
}));

/** Where the reviewer is, for what acts and does not follow it. */
export const deskState = () => useDesk.getState();
