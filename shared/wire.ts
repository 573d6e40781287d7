import { z } from 'zod';
import { deviceOf, Head, PublicKey, Signature, SignedLink } from './chain.ts';
import { Claim, Holder } from './claim.ts';
import { Decision, Receipt } from './decision.ts';
import { AccountId, DecisionId, Instant, Sha256, Slot, SubmissionId } from './ids.ts';
import { Keys } from './keys.ts';
import { Policy } from './policy.ts';
import { Problem } from './problem.ts';
import { LEVELS } from './status.ts';
import { Submission } from './submission.ts';

/** Roles of an account. Reviewers decide, supervisors (督查员) read, candidates see their own submission. */
export const ROLES = ['reviewer', 'supervisor', 'candidate'] as const;

export const Account = z.strictObject({
  id: AccountId,
  /** The name typed at sign-in. */
  account: z.string(),
  /** The person's name. */
  name: z.string(),
  role: z.enum(ROLES),
  /** Null for candidates. */
  level: z.enum(LEVELS).nullable(),
  /** 报名点, of accounts of that level. */
  point: z.string().nullable().default(null),
  site: z.string().nullable(),
  siteName: z.string().nullable(),
  district: z.string(),
});
export type Account = z.infer<typeof Account>;

/** `POST /v1/sessions` */
export const SignIn = z.strictObject({
  account: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
});
export const Session = z.strictObject({
  token: z.string(),
  account: Account,
  expiresAt: Instant,
  /** The service's clock, to notice a wrong one on the workstation. */
  serverTime: Instant,
});
export type Session = z.infer<typeof Session>;

/** `GET /v1/feed?epoch=…&after=…&limit=…`: changes of the submissions that the account may see, in order of `seq`. */
export const FeedQuery = z.strictObject({
  epoch: z.string().max(64).optional(),
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const FeedPage = z.strictObject({
  /** Changes when the service was restored: another epoch than asked for means: start from 0. */
  epoch: z.string(),
  items: z.array(Submission),
  /** Cursor for the next page: `seq` of the last item, or `after` when there is none. */
  cursor: z.number().int().nonnegative(),
  /** Items after this page, their images and their bytes. */
  remaining: z.strictObject({
    submissions: z.number().int().nonnegative(),
    images: z.number().int().nonnegative(),
    bytes: z.number().int().nonnegative(),
  }),
  serverTime: Instant,
});
export type FeedPage = z.infer<typeof FeedPage>;

/** `POST /v1/accounts/password`: the own password. */
export const PasswordChange = z.strictObject({
  current: z.string().min(1).max(256),
  next: z.string().min(1).max(256),
});

/** `GET /v1/keys`, open to all. */
export { Keys };

/** `POST /v1/devices`: makes a workstation's key known for the account; asking again tells where its chain stands. */
export const Enrolment = z.strictObject({
  device: z.uuid(),
  publicKey: PublicKey,
  /** The last decision before the chain begins: none on a new workstation. */
  start: Head,
  /** By the device's key over `enrolmentForm`: proof that the private half is there. */
  signature: Signature,
});
export type Enrolment = z.infer<typeof Enrolment>;
export const Enrolled = z.strictObject({ device: z.uuid(), head: Head });

/** `POST /v1/decisions`: links of one workstation's chain, in order; withdrawn ones without their content. */
export const DecisionBatch = z.strictObject({
  decisions: z
    .array(SignedLink)
    .min(1)
    .max(100)
    .refine((links) => new Set(links.map(deviceOf)).size === 1, 'of one device'),
});
export const Answer = z.discriminatedUnion('outcome', [
  /** `signature`: the service's, over `receiptForm`. */
  z.strictObject({ id: DecisionId, outcome: z.literal('applied'), receipt: Receipt, signature: Signature }),
  /** The submission has moved on: for a person to look at. */
  z.strictObject({ id: DecisionId, outcome: z.literal('conflict'), problem: Problem, slots: z.array(Slot) }),
  /** It will never be applied as it is. */
  z.strictObject({ id: DecisionId, outcome: z.literal('refused'), problem: Problem }),
]);
export type Answer = z.infer<typeof Answer>;
/** One answer a decision, in order; `head` is where the chain of the device stands after them, null if it is unknown. */
export const Answers = z.strictObject({ answers: z.array(Answer), head: Head.nullable() });
export type Answers = z.infer<typeof Answers>;

/** `GET /v1/submissions/:id/decisions`: what was applied to a submission, in order of application. */
export const DecisionRecord = z.strictObject({
  decision: Decision,
  by: z.strictObject({ id: AccountId, name: z.string(), level: z.enum(LEVELS) }),
  receipt: Receipt,
});
export type DecisionRecord = z.infer<typeof DecisionRecord>;
export const DecisionHistory = z.strictObject({ decisions: z.array(DecisionRecord) });
export type DecisionHistory = z.infer<typeof DecisionHistory>;

/** `POST /v1/claims`: submissions that the reviewer wants to review. */
export const ClaimBatch = z.strictObject({ submissions: z.array(SubmissionId).min(1).max(100) });
export const ClaimAnswer = z.discriminatedUnion('outcome', [
  /** `seq`: at which the feed shows it. */
  z.strictObject({ id: SubmissionId, outcome: z.literal('yours'), claim: Claim, seq: z.number().int() }),
  z.strictObject({ id: SubmissionId, outcome: z.literal('held'), claim: Claim }),
  /** Out of reach, or not under review at the reviewer's level. */
  z.strictObject({ id: SubmissionId, outcome: z.literal('closed') }),
]);
export const ClaimAnswers = z.strictObject({ claims: z.array(ClaimAnswer) });
export type ClaimAnswers = z.infer<typeof ClaimAnswers>;

/** `POST /v1/claims/release`: claims that are given back; what isn't the reviewer's any more is passed over. */
export const ReleaseBatch = z.strictObject({
  claims: z
    .array(z.strictObject({ id: SubmissionId, token: z.number().int().positive() }))
    .min(1)
    .max(100),
});
export type ReleaseBatch = z.infer<typeof ReleaseBatch>;

/** `GET /v1/submissions/:id/reviewers`: who could review a submission now. */
export const Reviewers = z.strictObject({ reviewers: z.array(Holder) });

/** `POST /v1/submissions/:id/claim/takeover`: a supervisor names the reviewer, or nobody. */
export const Takeover = z.strictObject({
  to: AccountId.nullable(),
  /** Why; recorded in the log. */
  reason: z.string().trim().min(1).max(100),
});
export type Takeover = z.infer<typeof Takeover>;
export const TakenOver = z.strictObject({ claim: Claim.nullable() });

/** `POST /v1/candidate/sessions`: 报名号 and password. */
export const CandidateSignIn = z.strictObject({
  registrationNumber: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
});
export type CandidateSignIn = z.infer<typeof CandidateSignIn>;

/** A place on a returned picture, in parts of its sides, and what is said of it. A pin has no width and height. */
const CandidateMark = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  /** Where it lies, in words. */
  where: z.string(),
  text: z.string(),
});
export type CandidateMark = z.infer<typeof CandidateMark>;

/** `GET /v1/candidate/submission`: what the candidate sees. */
export const CandidateImage = z.strictObject({
  slot: Slot,
  title: z.string(),
  sha256: Sha256,
  /** 已锁定 ✓ = locked; `review` = with the reviewers; `returned` = to be uploaded again. */
  state: z.enum(['locked', 'review', 'returned']),
  /** May be replaced now. */
  unlocked: z.boolean(),
  sentences: z.array(z.string()),
  /** Where on the picture, in the order of their numbers from 1. */
  marks: z.array(CandidateMark),
});
export const CandidateView = z.strictObject({
  registrationNumber: z.string(),
  name: z.string(),
  status: z.string(),
  /** Official word for the state. */
  statusText: z.string(),
  deadline: Instant.nullable(),
  /** The last message, as recorded. */
  message: z.string().nullable(),
  images: z.array(CandidateImage),
  /** Slots that are asked for and empty. */
  wanted: z.array(z.strictObject({ slot: Slot, title: z.string() })),
  maySubmit: z.boolean(),
});
export type CandidateView = z.infer<typeof CandidateView>;

/** `GET /v1/policy` */
export { Policy };

/** `GET /v1/health`, open to all: tells that this is the review service. */
export const Health = z.strictObject({ service: z.literal('review-desk'), version: z.string(), time: Instant });
