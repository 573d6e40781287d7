import { z } from 'zod';
import { REASON_CODES } from './catalogue/reasons.ts';
import { Claim } from './claim.ts';
import { Form } from './form.ts';
import { AccountId, Instant, MaterialCode, Sha256, Slot, SubmissionId } from './ids.ts';
import { Marks } from './mark.ts';
import { Note } from './note.ts';
import { LEVELS } from './status.ts';

/**
 * States of a submission (domain §4): 填报, 待审核, 退回, 考点通过, 审核通过, 审核拒绝, 逾期放弃, 报名点通过. Workstations
 * store the place in this list, so a new state goes to its end.
 */
export const STATUSES = [
  'draft',
  'pending',
  'returned',
  'site_approved',
  'approved',
  'refused',
  'lapsed',
  'point_approved',
] as const;
export const Status = z.enum(STATUSES);
export type Status = z.infer<typeof Status>;

/** States of an image: 待审, 已锁定 ✓, 已退回 ↩. */
export const IMAGE_STATES = ['open', 'locked', 'returned'] as const;
export const ImageState = z.enum(IMAGE_STATES);
export type ImageState = z.infer<typeof ImageState>;

export const Reason = z.enum(REASON_CODES);
/** Reasons without repetition; a reviewer rarely gives more than three. */
export const Reasons = z
  .array(Reason)
  .max(20)
  .refine((all) => new Set(all).size === all.length, 'repeated reason');
/** Free text to the candidate, characters. Half a character (a lone surrogate) has no canonical form to hash. */
export const Comment = z
  .string()
  .max(500)
  .refine((text) => !/\p{Surrogate}/u.test(text), 'broken character');

/** An image that was replaced, with what was said of it. */
export const EarlierImage = z.strictObject({
  sha256: Sha256,
  bytes: z.number().int().nonnegative(),
  uploadedAt: Instant,
  replacedAt: Instant,
  state: ImageState,
  reasons: Reasons,
  comment: Comment,
  /** Where on it; absent for nowhere in particular. */
  marks: Marks.optional(),
});
export type EarlierImage = z.infer<typeof EarlierImage>;

export const Image = z.strictObject({
  slot: Slot,
  material: MaterialCode,
  sha256: Sha256,
  bytes: z.number().int().nonnegative(),
  uploadedAt: Instant,
  state: ImageState,
  /** Why it is returned; empty otherwise. */
  reasons: Reasons,
  comment: Comment,
  /** Where on the picture; absent for nowhere in particular. */
  marks: Marks.optional(),
  /** What stood in this slot before, newest first. */
  earlier: z.array(EarlierImage),
});
export type Image = z.infer<typeof Image>;

/** What was said to the candidate at the last return or refusal (审核意见), as they read it. */
export const Opinion = z.strictObject({
  kind: z.enum(['return', 'refuse']),
  at: Instant,
  /** Full text of the message, lines separated by `\n`. */
  text: z.string(),
});
export type Opinion = z.infer<typeof Opinion>;

/** Somebody who has decided on a submission, and at which level. */
export const Part = z.strictObject({ account: AccountId, level: z.enum(LEVELS) });
export type Part = z.infer<typeof Part>;

/** What a level wrote when it sent a submission back to the level before. */
export const SentBack = z.strictObject({ at: Instant, from: z.enum(LEVELS), reasons: Reasons, comment: Comment });
export type SentBack = z.infer<typeof SentBack>;

export const Submission = z.strictObject({
  id: SubmissionId,
  /** 报名号, as printed on the candidate's papers. */
  registrationNumber: z.string(),
  /** 报名点, where the district has them. */
  point: z.string().nullable().default(null),
  site: z.string(),
  district: z.string(),
  status: Status,
  /** Rises whenever the candidate changes the form or an image; a decision holds for one revision only. */
  revision: z.number().int().positive(),
  /** How many times the candidate has submitted (第 n 次提交). */
  round: z.number().int().positive(),
  /** Position of the last change in the service's feed. */
  seq: z.number().int().nonnegative(),
  submittedAt: Instant,
  /** Pending: end of the review. Returned: until when the candidate can upload again. Otherwise null. */
  deadline: Instant.nullable(),
  form: Form,
  /** In the order of the catalogue, then of the slots. */
  images: z.array(Image),
  /** Newest first. */
  opinions: z.array(Opinion),
  /** What staff tell each other, newest first; never for candidates. Absent where nothing was written. */
  notes: z.array(Note).optional(),
  /** Who reviews it now; null for nobody. Absent in what was stored before there were claims. */
  claim: Claim.nullable().default(null),
  /** The level whose conclusion (通过, 退回, 拒绝) came last; null before the first, and in what was stored before. */
  concludedBy: z.enum(LEVELS).nullable().default(null),
  /** Why the level above sent it back; null once the level that it came back to has concluded. */
  sentBack: SentBack.nullable().default(null),
  /** Who has decided on it, each once a level. To reviewers the service tells only of themselves. */
  parts: z.array(Part).default([]),
});
export type Submission = z.infer<typeof Submission>;
