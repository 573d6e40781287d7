import { create } from 'zustand';

/** So many commands are remembered as used lately. */
const REMEMBERED = 12;

type Lately = {
  /** Commands chosen in the palette, the latest first. */
  readonly ids: readonly string[];
  use(id: string): void;
};

/** What was chosen in the palette lately. */
export const useLately = create<Lately>()((set, get) => ({
  ids: [],
  use: (id) => {
    const ids = [id, ...get().ids.filter((other) => other !== id)].slice(0, REMEMBERED);
    set({ ids });
  },
}));
