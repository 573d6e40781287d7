import type { Level } from '../../shared/status.ts';
import { noteFinished } from '../store/finished.ts';
import { type PurgeOptions, purge, sweep } from './purge.ts';

/** How often pictures are purged by age, ms. */
const EVERY = 3_600_000;
/** Share of the budget that stays after making room, so that not every picture makes room for itself. */
const KEPT_SHARE = 0.9;

export type TendOptions = PurgeOptions & {
  /** Asked anew each time: the policy can change with a sign-in. */
  readonly rule: () => { readonly level: Level | null; readonly days: number; readonly budget: number };
  /** How long after opening it waits before it looks for the first time, ms: whoever has just signed in wants to work. */
  readonly after: number;
};

/** Keeps the pictures within the district's rule and the budget. */
export type Tending = {
  /** Before the first fetch. */
  readonly begin: () => Promise<void>;
  /** After a pull and its fetch. `moved`: it brought something. True when purged pictures are wanted again. */
  readonly tend: (moved: boolean) => Promise<boolean>;
  /** Purges what is finished until there is room for what is not; whether that did anything. */
  readonly makeRoom: () => Promise<boolean>;
};

export function openTending(options: TendOptions): Tending {
  const { stores, now, rule, after } = options;
  const opened = performance.now();
  let swept = false;
  let tendedAt: number | null = null;
  return {
    begin: async () => {
      if (!swept) await sweep(options);
      swept = true;
    },
    tend: async (moved) => {
      const due = performance.now() - (tendedAt ?? opened) >= (tendedAt === null ? after : EVERY);
      if (!due && !moved) return false;
      const resumed = stores.review.transact((db) => noteFinished(db, rule().level, now().toISOString()));
      if (due) {
        tendedAt = performance.now();
        await purge(options, rule());
      }
      return resumed > 0;
    },
    makeRoom: async () => {
      const { budget, ...rest } = rule();
      return (await purge(options, { ...rest, budget: budget * KEPT_SHARE })) > 0;
    },
  };
}
