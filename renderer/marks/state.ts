import { create } from 'zustand';
import type { ReasonCode } from '../../shared/catalogue/reasons.ts';
import type { Slot } from '../../shared/ids.ts';
import { type Mark, MOST_MARKS, markBetween, type Place, placed } from '../../shared/mark.ts';

/** A mark that is being placed: where the cross hairs are, and the first corner once it is set. */
export type Placing = { readonly at: Place; readonly first: Place | null };

type MarksState = {
  /** The picture whose return is being written, with its marks; null while none is. */
  readonly draft: { readonly slot: Slot; readonly marks: readonly Mark[] } | null;
  readonly placing: Placing | null;
  /** Placing begins as soon as there is a draft: the reviewer asked for a mark first. */
  readonly asked: boolean;
  ask(): void;
  begin(slot: Slot, marks: readonly Mark[]): void;
  end(): void;
  place(): void;
  move(at: Place): void;
  /** Sets the first corner, then the second: that makes the mark. */
  set(reason: ReasonCode | null): void;
  stop(): void;
  remove(index: number): void;
  /** What a mark says; null: what the reviewer wrote. */
  says(index: number, reason: ReasonCode | null): void;
  /** The chosen reasons have changed: marks of one that is gone say what is written, and those without take a lone one. */
  follow(chosen: readonly ReasonCode[], written: boolean): void;
};

const CENTRE: Place = { x: 0.5, y: 0.5 };

/** Marks of the return that is being written. They become part of the decision, and of nothing before it. */
export const useMarks = create<MarksState>()((set) => {
  const onDraft = (change: (marks: readonly Mark[]) => readonly Mark[]) =>
    set(({ draft }) => (draft ? { draft: { ...draft, marks: change(draft.marks) } } : {}));
  return {
    draft: null,
    placing: null,
    asked: false,
    ask: () => set({ asked: true }),
    begin: (slot, marks) =>
      set(({ asked }) => ({
        draft: { slot, marks },
        placing: asked && marks.length < MOST_MARKS ? { at: CENTRE, first: null } : null,
        asked: false,
      })),
    end: () => set({ draft: null, placing: null, asked: false }),
    place: () =>
      set(({ draft }) => (draft && draft.marks.length < MOST_MARKS ? { placing: { at: CENTRE, first: null } } : {})),
    move: (at) => set(({ placing }) => (placing ? { placing: { ...placing, at: placed(at) } } : {})),
    set: (reason) =>
      set(({ draft, placing }) => {
        if (!draft || !placing) return {};
        const { at, first } = placing;
        if (!first) return { placing: { at, first: at } };
        return { draft: { ...draft, marks: [...draft.marks, markBetween(first, at, reason)] }, placing: null };
      }),
    stop: () => set({ placing: null }),
    remove: (index) => onDraft((marks) => marks.filter((_, at) => at !== index)),
    says: (index, reason) => onDraft((marks) => marks.map((mark, at) => (at === index ? { ...mark, reason } : mark))),
    follow: (chosen, written) =>
      onDraft((marks) => {
        const [first = null] = chosen;
        const next = marks.map((mark) => {
          if (mark.reason !== null && !chosen.includes(mark.reason)) return { ...mark, reason: written ? null : first };
          return mark.reason === null && !written && first !== null ? { ...mark, reason: first } : mark;
        });
        return next.every((mark, index) => mark === marks[index]) ? marks : next;
      }),
  };
});

/** The marks, for what acts and does not follow them. */
export const marksState = () => useMarks.getState();
