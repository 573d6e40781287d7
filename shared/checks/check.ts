import { z } from 'zod';
import { MATERIAL_CODES } from '../catalogue/materials.ts';
import type { ReasonCode } from '../catalogue/reasons.ts';
import type { Form, FormField } from '../form.ts';
import { indexOf, type MaterialCode, Sha256, type Slot } from '../ids.ts';
import type { Policy } from '../policy.ts';
import { FORM_FIELDS, proofOf } from '../proof.ts';
import type { Image } from '../submission.ts';
import { classCode } from './class.ts';
import { certificateChecks, diplomaChecks, employerCode, licenceCode } from './credentials.ts';
import { educationChecks } from './education.ts';
import { identityChecks } from './identity.ts';
import { imageChecks, type SharedImage } from './images.ts';
import { materialChecks } from './materials.ts';
import { nameCharacters } from './name.ts';
import { periodChecks } from './periods.ts';

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

/** What the checks of a submission look at. */
export type Subject = {
  readonly form: Form;
  readonly images: readonly Image[];
  /** Facts of the images that are here; the others are not checked. */
  readonly facts: readonly ImageFacts[];
  /** Images that other submissions use too. */
  readonly shared: readonly SharedImage[];
  readonly policy: Policy;
  /** Calendar date where the review takes place. */
  readonly today: string;
};

/**
 * All derived checks of a submission, always in the same order: those of the form by its fields, then those of the
 * materials in catalogue order, each with its images. They suggest; the reviewer decides.
 */
export function derive({ form, images, facts, shared, policy, today }: Subject): Check[] {
  const context = { form, policy, today };
  const there = new Set(images.map(({ material }) => material));
  const place = new Map(FORM_FIELDS.map((field, index) => [field, index]));
  const ofForm = [
    nameCharacters(context),
    ...identityChecks(context),
    classCode(context),
    ...educationChecks(context),
    ...diplomaChecks(context),
    employerCode(context),
    ...certificateChecks(context),
    licenceCode(context),
    ...periodChecks(context),
  ].flatMap((check): Check[] => (check?.field ? [{ ...check, material: proofOf(check.field, there) }] : []));
  const index = (check: Check) => (check.field ? (place.get(check.field) ?? 0) : 0);
  const ofMaterials = materialChecks(form, images, policy);
  const factsOf = new Map(facts.map((one) => [one.sha256, one]));
  const numbersOf = new Map(shared.map(({ sha256, registrationNumbers }) => [sha256, registrationNumbers]));
  return [
    ...ofForm.sort((a, b) => index(a) - index(b)),
    ...MATERIAL_CODES.flatMap((material) => [
      ...ofMaterials.filter((check) => check.material === material),
      ...images
        .filter((image) => image.material === material)
        .sort((a, b) => indexOf(a.slot) - indexOf(b.slot))
        .flatMap((image) => imageChecks(image, images, factsOf.get(image.sha256), numbersOf, policy)),
    ]),
  ];
}
