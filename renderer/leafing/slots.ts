import type { SubmissionId } from '../../shared/ids.ts';

/** How far on, in steps of the queue, leaves are made ready: forward and back at rest, ahead alone while a key is held. */
export function stepsAhead(direction: 1 | -1, holding: boolean): readonly number[] {
  return holding ? [direction, 2 * direction, 3 * direction] : [direction, -direction, 2 * direction];
}

/**
 * Gives the leaves to the submissions that are wanted, the most urgent first. What is wanted and has a leaf keeps it;
 * the others take leaves that nobody wants any more.
 * @param before who has which leaf
 */
export function dealLeaves(
  before: readonly (SubmissionId | null)[],
  wanted: readonly SubmissionId[],
): readonly (SubmissionId | null)[] {
  const some = [...new Set(wanted)].slice(0, before.length);
  const without = some.filter((id) => !before.includes(id));
  if (without.length === 0) return before;
  return before.map((id) => (id !== null && some.includes(id) ? id : (without.shift() ?? id)));
}
