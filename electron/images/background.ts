import { constants, setPriority } from 'node:os';

/** Lets everything else on the computer go first: looking at pictures takes a whole core and nobody waits for most of it. */
export function workInBackground(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here: it works all the same.
  }
}
