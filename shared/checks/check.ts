import { z } from 'zod';
import type { ReasonCode } from '../catalogue/reasons.ts';
import type { FormField } from '../form.ts';
import { type MaterialCode, Sha256, type Slot } from '../ids.ts';

/** What the workstation found in an image's bytes at intake, without judging it. */
export const ImageFacts = z.strictObject({
  sha256: Sha256,
  bytes: z.number().int().nonnegative(),
  /** By content, not by name. `other` = some other file. */
  format: z.enum(['jpeg', 'png', 'other']),
  /** Pixels as stored, before EXIF orientation; 0 when unreadable. */
  width: z.number().int().nonnegative(),
  height: z.number().int().nonnegative(),
  /** EXIF orientation 1–8 (1 = upright, as stored). */
  orientation: z.number().int().min(1).max(8),
  /** `whole`: decodes to the end; `truncated`: a part does; `none`: nothing can be shown. */
  decodes: z.enum(['whole', 'truncated', 'none']),
  /** Share of pixels with visible colour, 0 to 1, by `colourShare` of colour.ts: near 0 = monochrome copy. */
  colour: z.number().min(0).max(1),
});
export type ImageFacts = z.infer<typeof ImageFacts>;

export const CHECK_IDS = [
  'id.digit',
  'id.region',
  'id.birth',
  'id.sex',
  'id.length',
  'id.validity',
  'id.term',
  'name.characters',
  'probation.months',
  'probation.order',
  'practice.order',
  'practice.years',
  'diploma.number',
  'diploma.type',
  'diploma.year',
  'diploma.level',
  'education.level',
  'education.major',
  'certificate.code',
  'certificate.id',
  'licence.code',
  'employer.code',
  'class.code',
  'material.missing',
  'material.extra',
  'image.format',
  'image.size',
  'image.decodes',
  'image.orientation',
  'image.colour',
  'image.repeated',
  'image.shared',
  'image.unchanged',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/**
 * One derived check. Its words stand in the locale files under `<id with _ for .>.<status>` (namespace `check`), filled
 * with `facts`; a fact `context` selects the variant `<status>_<context>` of the words, as i18next does by itself.
 */
export type Check = {
  readonly id: CheckId;
  readonly status: 'passed' | 'warning' | 'failed';
  /** The form field that it concerns. */
  readonly field?: FormField;
  /** The material that proves it. */
  readonly material?: MaterialCode;
  readonly slot?: Slot;
  readonly facts: Readonly<Record<string, string | number>>;
  /** The return reason that it suggests. */
  readonly reason?: ReasonCode;
};
