import { create } from 'zustand';
import type { SubmissionId } from '../shared/ids.ts';
import type { QueueQuery } from '../shared/ipc.ts';

/** A short word on what was just done, with the way back. */
export type Notice = {
  readonly id: number;
  readonly text: string;
  readonly tone: 'done' | 'problem';
  readonly detail?: string;
  /** Offers undo. */
  readonly undo?: boolean;
};

type DeskState = {
  /** The submission under review, or null on the queue. */
  readonly reviewing: SubmissionId | null;
  readonly query: QueueQuery;
  /** Row of the queue with the cursor. */
  readonly selected: SubmissionId | null;
  /** The reviewer went on to the queue during the first sync. */
  readonly syncLeft: boolean;
  readonly sheet: 'none' | 'shortcuts' | 'decisions' | 'connection' | 'account';
  readonly notice: Notice | null;
  open(id: SubmissionId): void;
  close(): void;
  ask(change: Partial<QueueQuery>): void;
  select(id: SubmissionId | null): void;
  leaveSync(): void;
  show(sheet: DeskState['sheet']): void;
  say(notice: Omit<Notice, 'id'>): void;
  hush(id: number): void;
  reset(): void;
};

const START = {
  reviewing: null,
  query: { filter: 'open', sort: 'deadline', descending: false, search: '' } satisfies QueueQuery,
  selected: null,
  syncLeft: false,
  sheet: 'none',
  notice: null,
} as const;

let notices = 0;

/** Where the reviewer is: page, query, selection. Everything else is read from main. */
export const useDesk = create<DeskState>()((set) => ({
  ...START,
  open: (id) => set({ reviewing: id, selected: id }),
  close: () => set({ reviewing: null }),
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
