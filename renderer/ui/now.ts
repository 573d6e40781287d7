import { useSyncExternalStore } from 'react';

/** A clock that all who look at it share; it runs while somebody looks. */
function clock(every: number): () => number {
  let now = Date.now();
  const watch = (changed: () => void) => {
    now = Date.now();
    const timer = setInterval(() => {
      now = Date.now();
      changed();
    }, every);
    return () => clearInterval(timer);
  };
  return () => useSyncExternalStore(watch, () => now);
}

/** The time, ms since 1970, renewed twice a minute: enough for "2天 3时" without a re-render a second. */
export const useNow = clock(30_000);

/** The time, ms since 1970, renewed every second: for what counts down while it is looked at. */
export const useSeconds = clock(1_000);
