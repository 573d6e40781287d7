import { pinyin } from 'pinyin-pro';
import type { MaterialState } from '../../shared/ipc.ts';
import { type Policy, requirements } from '../../shared/policy.ts';
import { type Level, levelAt } from '../../shared/status.ts';
import { STATUSES, type Submission } from '../../shared/submission.ts';

/** Sorts after every date: no deadline. */
const NO_DEADLINE = '9999';

/** Place by deadline; among those with the same one (a whole site's review) the oldest submission comes first. */
export function deadlineKey({ deadline, submittedAt }: Submission): string {
  return `${deadline ?? NO_DEADLINE} ${submittedAt}`;
}

/** State of each material that a form asks for, allows, or that is there. */
export function materialStates(submission: Submission, policy: Policy): MaterialState[] {
  const asked = requirements(submission.form, policy);
  const known = new Set(asked.map(({ material }) => material));
  const extra = [...new Set(submission.images.map(({ material }) => material))]
    .filter((material) => !known.has(material))
    .map((material) => ({ material, min: 0 }));
  return [...asked, ...extra].map(({ material, min }) => {
    const images = submission.images.filter((image) => image.material === material);
    const state = images.some((image) => image.state === 'returned')
      ? 'returned'
      : images.some((image) => image.state === 'open')
        ? 'open'
        : 'locked';
    const worst = images.length < min ? 'missing' : images.length === 0 ? 'empty' : state;
    return { material, count: images.length, min, state: worst };
  });
}

/** What is still to do: images not judged plus required ones that are missing. */
export function openPoints(submission: Submission, materials: readonly MaterialState[]): number {
  const missing = materials.reduce((sum, { count, min }) => sum + Math.max(0, min - count), 0);
  return missing + submission.images.filter(({ state }) => state === 'open').length;
}

/**
 * How many images the level that reviews a submission has dealt with. To the first level they come open; what a level
 * passes on is locked, so the next one has dealt with those that are not.
 */
export function judgedImages({ status, images }: Submission): number {
  const came = status === 'point_approved' || status === 'site_approved' ? 'locked' : 'open';
  return images.filter(({ state }) => state !== came).length;
}

/** Whether a submission is under review by a level; without a level (supervisors) by any. */
export function isOpen({ status }: Submission, level: Level | null, policy: Policy): boolean {
  const at = levelAt(status, policy);
  return level === null ? at !== null : at === level;
}

/** A name as it is searched and sorted by: initials (`kszs`) and full syllables, without tones. */
export function nameKeys(name: string): { initials: string; nameKey: string } {
  const options = { toneType: 'none', type: 'array', surname: 'head' } as const;
  const initials = pinyin(name, { ...options, pattern: 'first' })
    .join('')
    .toLowerCase();
  return { initials, nameKey: `${pinyin(name, options).join(' ').toLowerCase()} ${name}` };
}

/** Place of a status in the queue's order. */
export function statusKey(submission: Submission): number {
  return STATUSES.indexOf(submission.status);
}

/** How many neighbouring characters of a name are looked up at once, at most. */
export const GRAM = 3;

/** What a name is found by: each of its characters, and each two and three neighbours, in lower case. */
export function gramsOf(name: string): string[] {
  const characters = [...name.toLowerCase()];
  const lengths = Array.from({ length: GRAM }, (_, index) => index + 1);
  return [
    ...new Set(
      characters.flatMap((_, from) =>
        lengths
          .filter((length) => from + length <= characters.length)
          .map((length) => characters.slice(from, from + length).join('')),
      ),
    ),
  ];
}

/** A text backwards, by which an index finds its end. */
export function reversed(text: string): string {
  return [...text].reverse().join('');
}
