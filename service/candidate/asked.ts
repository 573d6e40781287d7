import type { Return } from '../../shared/decision.ts';
import { type MaterialCode, type Slot, slotOf } from '../../shared/ids.ts';
import { type Policy, requirements } from '../../shared/policy.ts';
import type { Submission } from '../../shared/submission.ts';
import type { Asked } from '../store/submissions.ts';

/** Most pictures of a material that no requirement names. */
const MOST = 9;

/** Free places for a material that is asked for: as many as are missing, at least one, no more than may be given. */
function places(material: MaterialCode, submission: Submission, policy: Policy): Slot[] {
  const taken = new Set(submission.images.filter((image) => image.material === material).map(({ slot }) => slot));
  const { min, max } = requirements(submission.form, policy).find((known) => known.material === material) ?? {
    min: 0,
    max: MOST,
  };
  const count = Math.min(Math.max(1, min - taken.size), max - taken.size);
  return Array.from({ length: max }, (_, index) => slotOf(material, index + 1))
    .filter((slot) => !taken.has(slot))
    .slice(0, Math.max(0, count));
}

/**
 * What a return asks the candidate for: exactly the pictures it names, and places for the materials it names. What it
 * doesn't name need not be touched, as its message says.
 */
export function askedBy(act: Return, submission: Submission, policy: Policy): Asked {
  const materials = [...new Set(act.materials.map(({ material }) => material))];
  return {
    replace: act.images.map(({ slot }) => slot),
    add: materials.flatMap((material) => places(material, submission, policy)),
  };
}
