import { create } from 'zustand';

/** Keys that differ from the usual ones, by command; an empty list means that a command has no key. */
export type ChosenKeys = Readonly<Record<string, readonly string[]>>;

/** The keys that the account at work has chosen. */
export const useChosenKeys = create<{ readonly keys: ChosenKeys }>()(() => ({ keys: {} }));

/** The same for those who only look. */
export const currentKeys = (): ChosenKeys => useChosenKeys.getState().keys;
