import { hashKey } from '@tanstack/react-query';
import { create } from 'zustand';

/** Keys that differ from the usual ones, by command; an empty list means that a command has no key. */
export type ChosenKeys = Readonly<Record<string, readonly string[]>>;

/** The keys that the account at work has chosen. */
export const useChosenKeys = create<{ readonly keys: ChosenKeys; readonly version: number }>()(() => ({
  keys: {},
  version: 0,
}));

/** From now on these keys count; everything that shows a key is drawn anew, unless they are those that counted already. */
export const chooseKeys = (keys: ChosenKeys): void =>
  useChosenKeys.setState((now) => (hashKey([now.keys]) === hashKey([keys]) ? now : { keys, version: now.version + 1 }));

/** The same for those who only look. */
export const currentKeys = (): ChosenKeys => useChosenKeys.getState().keys;
