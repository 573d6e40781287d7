import type { AccountId } from './ids.ts';
import type { Level } from './status.ts';
import type { Part } from './submission.ts';

/** Whether somebody decided on a submission at another level: nobody decides on the same one at two (promise 11). */
export function actedElsewhere(parts: readonly Part[], me: AccountId, level: Level): boolean {
  return parts.some((part) => part.account === me && part.level !== level);
}

/** Whether somebody had any part in a submission: then they don't check what was decided on it. */
export function tookPart(parts: readonly Part[], me: AccountId): boolean {
  return parts.some(({ account }) => account === me);
}

/** The parts after one more decision: each person once a level. */
export function withPart(parts: readonly Part[], account: AccountId, level: Level): Part[] {
  const known = parts.some((part) => part.account === account && part.level === level);
  return known ? [...parts] : [...parts, { account, level }];
}
