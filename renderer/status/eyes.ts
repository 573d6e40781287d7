import type { REST } from '../../shared/memory.ts';

type Rest = (typeof REST)[number];

/** Looking goes on while something is done at least this often, ms: nobody who reads a paper sits still for longer. */
const STILL = 3 * 60_000;
/** After so long, ms, eyes want to rest: for 20 seconds every 20 minutes, or for some minutes every 45. */
const AFTER: Readonly<Record<Exclude<Rest, 'off'>, number>> = { short: 20 * 60_000, long: 45 * 60_000 };

/** Since when somebody has been looking, and when something was done last; ms since 1970, null while nobody is. */
export type Eyes = { readonly since: number | null; readonly active: number };

/** After something was done. Whoever was away for a while begins anew. */
export function looked({ since, active }: Eyes, now: number): Eyes {
  const goesOn = since !== null && now - active < STILL;
  return { since: goesOn ? since : now, active: now };
}

/** Whether it is time to look away. */
export function restDue({ since, active }: Eyes, now: number, rest: Rest): boolean {
  if (rest === 'off' || since === null || now - active >= STILL) return false;
  return now - since >= AFTER[rest];
}
