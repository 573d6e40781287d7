import { create } from 'zustand';

/** Keys that differ from the usual ones, by command; an empty list means that a command has no key. */
export type ChosenKeys = Readonly<Record<string, readonly string[]>>;

/** The keys that the account at work has chosen. */
export const useChosenKeys = create<{ readonly keys: ChosenKeys; readonly version: number }>()(() => ({
  keys: {},
  version: 0,
}));

/** From now on these keys count; everything that shows a key is drawn anew. */
export const chooseKeys = (keys: ChosenKeys): void =>
  useChosenKeys.setState(({ version }) => ({ keys, version: version + 1 }));

/** The same for those who only look. */
export const currentKeys = (): ChosenKeys => useChosenKeys.getState().keys;
