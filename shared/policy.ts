import { z } from 'zod';
import { POINT_IDS } from './catalogue/checklist.ts';
import { MATERIAL_CODES } from './catalogue/materials.ts';
import type { Form } from './form.ts';
import { CalendarDate, MaterialCode } from './ids.ts';
import { LEVELS, type Level } from './status.ts';
import { ViewingRule } from './viewing.ts';

const isRising = (levels: readonly Level[]): boolean =>
  levels.every((level, place) => place === 0 || LEVELS.indexOf(level) > LEVELS.indexOf(levels[place - 1] ?? level));

/** 报名点 of a district, each of one 考点. */
const Point = z.strictObject({ point: z.string(), name: z.string(), site: z.string() });

/** When images lock by themselves: all on 提交审核 (2020), or each when it is reviewed (2022). */
export const LOCK_MODES = ['on_submit', 'on_review'] as const;

/** What a district configures. Every count, date and code of the rules is configuration (domain, head). */
export const Policy = z.strictObject({
  /** Exam year; certificates must be of this year. */
  year: z.number().int(),
  district: z.string(),
  districtName: z.string(),
  sites: z.array(z.strictObject({ site: z.string(), name: z.string() })),
  points: z.array(Point).default([]),
  /** Levels that review one after the other, lowest first: 考点 → 考区 unless said otherwise. */
  levels: z.array(z.enum(LEVELS)).min(1).refine(isRising, 'levels in their order').default(['site', 'district']),
  /** When the candidate's images lock by themselves. */
  lockMode: z.enum(LOCK_MODES).default('on_submit'),
  /** Levels that may refuse (拒绝). */
  refusers: z.array(z.enum(LEVELS)).default([...LEVELS]),
  /** Last day of a level's review where it isn't `reviewUntil`. */
  reviewUntilOf: z.partialRecord(z.enum(LEVELS), CalendarDate).default({}),
  /** Whether a level sees nothing of what the levels before it decided and wrote, until it has concluded. */
  unbiased: z.boolean().default(false),
  /** What a picture must have been seen like before it may be locked. */
  viewing: ViewingRule.default({ leastMs: 0, leastPercent: 10, needed: false }),
  /** Photo holding the ID is asked for (some 考区). */
  holdingId: z.boolean(),
  /** Personal pledge is asked for (some 考区). */
  pledge: z.boolean(),
  /** Institution licence is asked for. */
  institutionLicence: z.boolean(),
  /** Last day of the review (local date, inclusive). */
  reviewUntil: CalendarDate,
  /** Hours that a candidate has to upload again, from when the return reached the service. */
  reuploadHours: z.number().positive(),
  /** Hours that a reviewer's claim on a submission lasts after the workstation was last heard of; outlasts an outage. */
  claimHours: z.number().positive().default(72),
  /** Probation is counted until this date of the exam year. */
  probationUntil: CalendarDate,
  /** Last day of the exam: identity documents must hold until then. Without it, `probationUntil` stands in. */
  examUntil: CalendarDate.optional(),
  /** Months of probation needed. */
  probationMonths: z.number().int(),
  /** Largest file, bytes. */
  imageBytes: z.number().int(),
  /** Days that the pictures of a finished submission stay on a workstation; they can be fetched again. */
  picturesKeptDays: z.number().int().min(0).max(3_650).default(7),
  /** Whether signing out removes what is finished, with the personal data of it, from the workstation. */
  purgeOnSignOut: z.boolean().default(false),
  /** Points of the checklist that must be answered before a picture is locked; absent: none. */
  mustAnswer: z.array(z.enum(POINT_IDS)).optional(),
  /** Region codes (first six digits of the ID number) known to the district besides GB/T 2260. */
  knownRegions: z.array(z.string().regex(/^\d{6}$/)),
  /** Counts that differ from the catalogue's. */
  counts: z.partialRecord(MaterialCode, z.strictObject({ min: z.number().int(), max: z.number().int() })),
});
export type Policy = z.infer<typeof Policy>;

/**
 * End of the review as an instant, of a level where it has its own: the last day runs to its midnight in Beijing,
 * whatever the host's zone.
 */
export function reviewEnd(
  { reviewUntil, reviewUntilOf = {} }: Pick<Policy, 'reviewUntil'> & Partial<Pick<Policy, 'reviewUntilOf'>>,
  level: Level | null = null,
): string {
  const day = (level === null ? undefined : reviewUntilOf[level]) ?? reviewUntil;
  return new Date(`${day}T23:59:59.999+08:00`).toISOString();
}

/** How many images of a material a submission needs. */
export type Requirement = {
  readonly material: MaterialCode;
  /** 0 = may be given, not needed. */
  readonly min: number;
  readonly max: number;
};

const MANY = 9;

/**
 * The materials that a form asks for or allows, in catalogue order, with their counts (domain §2; counts other than
 * M01's are proposals, so the policy may override each).
 */
export function requirements(form: Form, policy: Policy): Requirement[] {
  const has = (path: Form['paths'][number]) => form.paths.includes(path);
  const higher = form.education !== 'none' && form.education !== 'secondary';
  const internship = has('hmt') || has('foreign');
  const counts: Partial<Record<MaterialCode, readonly [min: number, max: number]>> = {
    M01: [2, 2],
    M02: policy.holdingId ? [1, 1] : [0, 1],
    M20: [0, 2],
    M24: [0, 1],
    M99: [0, MANY],
  };
  if (!has('apprentice')) counts.M03 = [1, 2];
  if (has('apprentice')) counts.M13 = [1, 2];
  // The register of diplomas begins in 2001; earlier ones can't be looked up there (BH20).
  const registered = form.graduationDate === null || form.graduationDate >= '2001-01-01';
  if (higher && !has('apprentice') && !has('overseas')) counts.M04 = [registered ? 1 : 0, 2];
  if (has('assistant_up')) {
    counts.M06 = [Math.max(1, form.practice.length), MANY];
    counts.M07 = [1, 2];
    counts.M08 = [1, 4];
    counts.M09 = [0, 1];
  } else if (!internship) {
    counts.M05 = [Math.max(1, form.probation.length), MANY];
  }
  if (internship) counts.M16 = [1, 2];
  if (policy.institutionLicence && !internship) counts.M10 = [1, 3];
  if (has('fresh')) counts.M11 = [1, 1];
  if (policy.pledge) counts.M12 = [1, 1];
  if (has('military')) counts.M14 = [1, 3];
  if (has('overseas')) counts.M15 = [1, 2];
  if (has('college_up')) counts.M17 = [1, 1];
  // Clinical postgraduates may sit the exam in the year in which they graduate (F01).
  if (has('fresh') && (form.education === 'master' || form.education === 'doctor')) counts.M18 = [0, 4];
  if (has('apprentice') || !higher) counts.M19 = [0, MANY];
  if (!has('apprentice')) counts.M21 = [0, 2];
  if (form.class === 'rural') counts.M22 = [1, 2];
  if (form.class === 'integrated') counts.M23 = [0, 2];
  return MATERIAL_CODES.flatMap((material) => {
    const base = counts[material];
    if (!base) return [];
    const own = policy.counts[material];
    return [{ material, min: own?.min ?? base[0], max: own?.max ?? base[1] }];
  });
}
