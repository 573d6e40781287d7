import { z } from 'zod';
import { POINT_IDS } from './catalogue/checklist.ts';
import { AccountId, DecisionId, Instant, MaterialCode, Sha256, Slot, SubmissionId } from './ids.ts';
import { Marks } from './mark.ts';
import { NotedImage, NoteText } from './note.ts';
import { Comment, Reasons } from './submission.ts';
import { Viewed } from './viewing.ts';

const Judged = z.strictObject({ slot: Slot, sha256: Sha256 });
export type Judged = z.infer<typeof Judged>;

/** An image that goes back to the candidate, and why. */
export const ReturnedImage = z.strictObject({
  slot: Slot,
  sha256: Sha256,
  reasons: Reasons,
  comment: Comment,
  /** Where on the picture; absent for nowhere in particular, so that decisions of before there were marks stay as they are. */
  marks: Marks.optional(),
});
export type ReturnedImage = z.infer<typeof ReturnedImage>;

/** A material that is missing, or a point about it as a whole. */
export const MaterialPoint = z.strictObject({ material: MaterialCode, reasons: Reasons, comment: Comment });
export type MaterialPoint = z.infer<typeof MaterialPoint>;

/** A point about the form. */
export const FormPoint = z.strictObject({ reasons: Reasons, comment: Comment });
export type FormPoint = z.infer<typeof FormPoint>;

/** 锁定: the image is in order. */
export const LockImage = z.strictObject({
  kind: z.literal('image.lock'),
  slot: Slot,
  sha256: Sha256,
  /** Points of the checklist that were answered; absent where nobody had to and nobody did. */
  answered: z.array(z.enum(POINT_IDS)).max(20).optional(),
});
/** 退回 (image): noted for the return of the submission; the candidate hears of it with that. */
export const ReturnImage = z.strictObject({
  kind: z.literal('image.return'),
  slot: Slot,
  sha256: Sha256,
  reasons: Reasons,
  comment: Comment,
  marks: Marks.optional(),
});
/** Takes a lock or a return mark back while the submission is still under review. */
export const ReopenImage = z.strictObject({ kind: z.literal('image.reopen'), slot: Slot, sha256: Sha256 });
/** 通过: names every image of the submission as it was seen. */
export const Approve = z.strictObject({ kind: z.literal('submission.approve'), images: z.array(Judged) });
/** 退回: unlocks exactly `images`; `kept` are all the others. One step (domain §4, 行政许可法 Art. 32). */
export const Return = z.strictObject({
  kind: z.literal('submission.return'),
  images: z.array(ReturnedImage),
  kept: z.array(Judged),
  materials: z.array(MaterialPoint),
  form: FormPoint,
});
export type Return = z.infer<typeof Return>;
/** 拒绝: with a reason of the E group. */
export const Refuse = z.strictObject({
  kind: z.literal('submission.refuse'),
  images: z.array(Judged),
  reasons: Reasons,
  comment: Comment,
});

/** 内部备注: words for colleagues, about one picture or all of it. Judges nothing, so nothing can be in its way. */
export const WriteNote = z.strictObject({
  kind: z.literal('submission.note'),
  image: NotedImage.nullable(),
  text: NoteText,
});

/** 退回下级: back to the level before, which reviews again; the candidate hears nothing of it. With a reason. */
export const SendBack = z.strictObject({
  kind: z.literal('submission.send_back'),
  images: z.array(Judged),
  reasons: Reasons,
  comment: Comment,
});
export type SendBack = z.infer<typeof SendBack>;
/** 重新审核: takes a conclusion up again, with a reason in words. */
export const Reopen = z.strictObject({
  kind: z.literal('submission.reopen'),
  images: z.array(Judged),
  comment: Comment,
});

/** What a decision does. */
export const Act = z.discriminatedUnion('kind', [
  LockImage,
  ReturnImage,
  ReopenImage,
  Approve,
  Return,
  Refuse,
  WriteNote,
  SendBack,
  Reopen,
]);
export type Act = z.infer<typeof Act>;
export type ActKind = Act['kind'];

/** A reviewer's decision. Immutable once saved; sent as often as needed, applied once (its id is the key). */
export const Decision = z.strictObject({
  id: DecisionId,
  submissionId: SubmissionId,
  /** The revision that was on screen. */
  revision: z.number().int().positive(),
  /** The workstation, and its gap-free count of decisions from 1. */
  device: z.uuid(),
  deviceSeq: z.number().int().positive(),
  /**
   * SHA-256 of the canonical form of the decision before on this workstation, null for the first. Absent only in
   * decisions that were answered before decisions were chained.
   */
  previous: Sha256.nullable().optional(),
  /**
   * Token of the claim under which it was made, null without one. Absent in decisions of before there were claims.
   */
  claim: z.number().int().positive().nullable().optional(),
  /**
   * How each picture that it judges was on screen. Absent in decisions of before this was recorded. Never a measure of
   * people: a fast look can be a good one.
   */
  viewed: z.array(Viewed).max(99).optional(),
  /** By the workstation's clock; information only, never compared. */
  madeAt: Instant,
  act: Act,
});
export type Decision = z.infer<typeof Decision>;

/** A decision that has its place in its workstation's chain: the only form that is sent. */
export const ChainedDecision = Decision.required({ previous: true });
export type ChainedDecision = z.infer<typeof ChainedDecision>;

/** The service's proof that a decision was applied. */
export const Receipt = z.strictObject({
  decisionId: DecisionId,
  /** SHA-256 of the canonical JSON (RFC 8785) of the decision. */
  decisionSha256: Sha256,
  accountId: AccountId,
  epoch: z.string(),
  /** Feed position at which the submission carries the decision. */
  seq: z.number().int().nonnegative(),
  appliedAt: Instant,
});
export type Receipt = z.infer<typeof Receipt>;

/** Whether a decision concludes the review of the submission at this level. */
export function concludes(act: Act): boolean {
  switch (act.kind) {
    case 'submission.approve':
    case 'submission.return':
    case 'submission.refuse':
    case 'submission.send_back':
      return true;
    case 'image.lock':
    case 'image.return':
    case 'image.reopen':
    case 'submission.note':
    case 'submission.reopen':
      return false;
  }
}

/** Whether a decision judges anything: what does not is taken whoever reviews the submission, in whatever state it is. */
export function judges(act: Act): boolean {
  return act.kind !== 'submission.note';
}

/** Whether a decision is about the submission as a whole, and so names every image of it. */
export function isWhole(act: Act): boolean {
  return concludes(act) || act.kind === 'submission.reopen';
}
