import type { ReasonCode } from '../catalogue/reasons.ts';
import type { MaterialCode, Sha256 } from '../ids.ts';
import type { Policy } from '../policy.ts';
import type { Image } from '../submission.ts';
import type { Check, CheckId, ImageFacts } from './check.ts';

/** Registration numbers of other submissions that use an image too. */
export type SharedImage = { readonly sha256: Sha256; readonly registrationNumbers: readonly string[] };

/**
 * Colour share below which a picture counts as monochrome. Measured: grey renditions of photographed documents, also under
 * warm light with noise, and the grey copies of the sample district all had 0; of 989 other sheets of it those with a seal
 * or coloured print had 0.0055 and more, and one without its seal 0.00015.
 */
export const MONOCHROME_BELOW = 0.0005;

/**
 * Materials of which a picture without colour says nothing: a sealed copy is usually accepted (M10, domain §2), or the
 * original itself is black print signed in black (pledge, registration slip, application).
 */
const MAY_BE_COLOURLESS: ReadonlySet<MaterialCode> = new Set(['M10', 'M12', 'M25', 'M26']);

const MOST_NUMBERS = 3;

type Outcome = {
  readonly status: Check['status'];
  readonly facts?: Check['facts'];
  readonly reason?: ReasonCode;
};
const PASSED: Outcome = { status: 'passed' };

function size({ bytes }: ImageFacts, policy: Policy): Outcome {
  const kilobytes = Math.ceil(bytes / 1024);
  const limit = Math.floor(policy.imageBytes / 1024);
  return bytes > policy.imageBytes
    ? { status: 'failed', facts: { kilobytes, limit }, reason: 'Q07' }
    : { status: 'passed', facts: { kilobytes, limit } };
}

function decodes({ decodes: how }: ImageFacts): Outcome {
  return how === 'whole' ? PASSED : { status: 'failed', facts: { context: how }, reason: 'Q05' };
}

/** Degrees clockwise that the tag turns the stored picture by, and whether it mirrors it (EXIF 2.32, tag 0x0112). */
const ORIENTATIONS: Readonly<Record<number, readonly [degrees: number, mirrored: boolean]>> = {
  2: [0, true],
  3: [180, false],
  4: [180, true],
  5: [90, true],
  6: [90, false],
  7: [270, true],
  8: [270, false],
};

function orientation({ orientation: tag }: ImageFacts): Outcome {
  const turn = ORIENTATIONS[tag];
  if (!turn) return PASSED;
  const [degrees, mirrored] = turn;
  return mirrored
    ? { status: 'warning', facts: { context: 'mirrored', orientation: tag, degrees }, reason: 'R02' }
    : { status: 'warning', facts: { orientation: tag, degrees }, reason: 'R01' };
}

function colour({ colour: share }: ImageFacts, material: MaterialCode): Outcome {
  return share < MONOCHROME_BELOW && !MAY_BE_COLOURLESS.has(material) ? { status: 'warning', reason: 'Q04' } : PASSED;
}

function repeated(image: Image, images: readonly Image[]): Outcome {
  const slots = images.filter(({ slot, sha256 }) => slot !== image.slot && sha256 === image.sha256);
  if (slots.length === 0) return PASSED;
  return { status: 'failed', facts: { slots: slots.map(({ slot }) => slot).join(', ') }, reason: 'N16' };
}

function sharedWithOthers({ sha256 }: Image, shared: ReadonlyMap<Sha256, readonly string[]>): Outcome {
  const numbers = shared.get(sha256) ?? [];
  if (numbers.length === 0) return PASSED;
  const more = numbers.length > MOST_NUMBERS ? ', …' : '';
  const facts = { submissions: numbers.length, numbers: numbers.slice(0, MOST_NUMBERS).join(', ') + more };
  return { status: 'warning', facts, reason: 'O02' };
}

/** A picture that was returned and uploaded again as it was. */
function unchanged({ sha256, earlier }: Image): Outcome | null {
  const before = earlier.find((one) => one.sha256 === sha256 && one.state === 'returned');
  if (earlier.length === 0) return null;
  if (!before) return PASSED;
  const reason = before.reasons[0];
  return { status: 'warning', ...(reason ? { reason } : {}) };
}

/**
 * The checks of one image, in the order in which they are worth reading; none while it is not here yet. What cannot be
 * opened isn't judged further.
 */
export function imageChecks(
  image: Image,
  images: readonly Image[],
  facts: ImageFacts | undefined,
  shared: ReadonlyMap<Sha256, readonly string[]>,
  policy: Policy,
): Check[] {
  if (!facts) return [];
  const found: [CheckId, Outcome | null][] = [];
  if (facts.format === 'other') {
    // The same stray file at two candidates is no sign of forgery, so it isn't compared either.
    found.push(['image.format', { status: 'failed', reason: 'Q06' }], ['image.size', size(facts, policy)]);
  } else {
    found.push(['image.format', { status: 'passed', facts: { context: facts.format } }]);
    found.push(['image.size', size(facts, policy)], ['image.decodes', decodes(facts)]);
    if (facts.decodes !== 'none') found.push(['image.orientation', orientation(facts)]);
    // What a cut-off file lacks is shown grey.
    if (facts.decodes === 'whole') found.push(['image.colour', colour(facts, image.material)]);
    found.push(['image.repeated', repeated(image, images)], ['image.shared', sharedWithOthers(image, shared)]);
  }
  found.push(['image.unchanged', unchanged(image)]);
  const { slot, material } = image;
  return found.flatMap(([id, outcome]) =>
    outcome === null ? [] : [{ id, slot, material, ...outcome, facts: outcome.facts ?? {} }],
  );
}
