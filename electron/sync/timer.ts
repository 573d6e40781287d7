/** A wake-up that can be set, moved earlier and dropped. */
export type Alarm = {
  /** Wakes after `ms`; an earlier one that is set already stays. */
  readonly within: (ms: number) => void;
  /** Wakes after `ms`, whatever was set. */
  readonly reset: (ms: number) => void;
  /** How long until it wakes, ms; null when nothing is set. */
  readonly left: () => number | null;
  readonly stop: () => void;
};

/** Longest that a timer is set for, ms: hold times come from a clock that may be wrong by years. */
const LONGEST = 60_000;

export function openAlarm(wake: () => void): Alarm {
  let timer: NodeJS.Timeout | null = null;
  let due = Number.POSITIVE_INFINITY;
  let stopped = false;
  const reset = (ms: number) => {
    if (stopped) return;
    if (timer) clearTimeout(timer);
    const wait = Math.min(Math.max(0, ms), LONGEST);
    due = performance.now() + wait;
    timer = setTimeout(() => {
      timer = null;
      due = Number.POSITIVE_INFINITY;
      wake();
    }, wait);
  };
  return {
    reset,
    left: () => (timer === null ? null : Math.max(0, due - performance.now())),
    within: (ms) => {
      if (performance.now() + ms < due) reset(ms);
    },
    stop: () => {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
