import { useSyncExternalStore } from 'react';

const EVERY = 30_000;
let now = Date.now();

/** The time, ms since 1970, renewed twice a minute: enough for "2天 3时" without a re-render a second. */
export function useNow(): number {
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(() => {
        now = Date.now();
        changed();
      }, EVERY);
      return () => clearInterval(timer);
    },
    () => now,
  );
}
