import { z } from 'zod';
import { Act, Decision, Receipt } from '../decision.ts';
import { AccountId, DecisionId, Instant, MaterialCode, Sha256, Slot, SubmissionId } from '../ids.ts';
import { ProblemCode } from '../problem.ts';
import { LEVELS } from '../status.ts';
import { Reason, Reasons, STATUSES, Submission } from '../submission.ts';

const ACT_KINDS = Act.options.map((option) => option.shape.kind.value);
/** What a decision does. */
export const AuditKind = z.enum(ACT_KINDS as [Act['kind'], ...Act['kind'][]]);
/** Steps of viewing time, ms: "less than". */
export const VIEWED_UNDER = [500, 1_000, 2_000, 5_000] as const;
export const OUTCOMES = ['applied', 'conflict', 'refused'] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

/** Which decisions of the own site or district; null: whichever. */
export const AuditFilter = z.strictObject({
  person: AccountId.nullable().default(null),
  level: z.enum(LEVELS).nullable().default(null),
  /** When the service received them, the end not included. */
  from: Instant.nullable().default(null),
  to: Instant.nullable().default(null),
  kind: AuditKind.nullable().default(null),
  /** `applied`, or not taken: because the submission had moved on (`conflict`), or by the rules (`refused`). */
  outcome: Outcome.nullable().default(null),
  reason: Reason.nullable().default(null),
  material: MaterialCode.nullable().default(null),
  /** Some picture was on screen for less than this, ms; what says nothing of it doesn't fit. */
  viewedUnder: z.literal(VIEWED_UNDER).nullable().default(null),
  /** Conclusions that were taken up again, and the decisions that did so. */
  reopened: z.boolean().default(false),
  /** Words in comments, reasons in words and notes; several have to occur all. */
  search: z.string().max(64).default(''),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** No filter at all. */
export const EVERYTHING: AuditFilter = AuditFilter.parse({});

/** `POST /v1/audit/decisions`: newest first. In the body, since words that are searched for may be personal. */
export const AuditAsk = AuditFilter.extend({
  /** Key of the last row of the page before. */
  after: z.int().positive().nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
});
export type AuditAsk = z.infer<typeof AuditAsk>;

const By = z.strictObject({ id: AccountId, name: z.string(), level: z.enum(LEVELS) });

/** A decision as the list shows it. */
export const AuditRow = z.strictObject({
  /** Its place in time. */
  key: z.int().positive(),
  id: DecisionId,
  submissionId: SubmissionId,
  registrationNumber: z.string(),
  /** Of the candidate, as it was. */
  name: z.string(),
  by: By,
  at: Instant,
  kind: AuditKind,
  slot: Slot.nullable(),
  reasons: Reasons,
  /** The beginning of what was written. */
  words: z.string(),
  outcome: Outcome,
  /** Why it was not taken. */
  problem: ProblemCode.nullable(),
  /** See `DecisionFacts`. */
  viewedMs: z.int().nonnegative().nullable(),
  reopened: z.boolean(),
});
export type AuditRow = z.infer<typeof AuditRow>;
export const AuditPage = z.strictObject({
  rows: z.array(AuditRow),
  /** Give it back as `after` for the next page; null at the end. */
  next: z.int().positive().nullable(),
});
export type AuditPage = z.infer<typeof AuditPage>;

/** `POST /v1/audit/counts`: how many fit, and how many there are of each kind and outcome in all. */
export const AuditCounts = z.strictObject({
  total: z.int().nonnegative(),
  /** There are more than `total`, which were not counted. */
  atLeast: z.boolean(),
  kinds: z.partialRecord(AuditKind, z.int()),
  outcomes: z.partialRecord(Outcome, z.int()),
});
export type AuditCounts = z.infer<typeof AuditCounts>;

/** `GET /v1/audit/people`: who has decided, by name; nothing on how much or how fast. */
export const AuditPeople = z.strictObject({
  people: z.array(z.strictObject({ id: AccountId, name: z.string() })),
});
export type AuditPeople = z.infer<typeof AuditPeople>;

/** What happened to a submission: a decision with its answer, or what the log tells of candidate, clock and supervisor. */
export const HistoryEvent = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('decision'),
    at: Instant,
    decision: Decision,
    /** Of its canonical form: what the receipt and the log name. */
    sha256: Sha256,
    by: By,
    outcome: Outcome,
    problem: ProblemCode.nullable(),
    /** Pictures that had changed, where that was the problem. */
    slots: z.array(Slot),
    receipt: Receipt.nullable(),
    /** The submission as the decision found it; null for those of before this was kept. */
    found: z.strictObject({ status: z.enum(STATUSES), round: z.int().positive() }).nullable(),
    reopened: z.boolean(),
  }),
  z.strictObject({ what: z.literal('submitted'), at: Instant, round: z.int().positive() }),
  z.strictObject({ what: z.literal('lapsed'), at: Instant }),
  /** A supervisor gave it to another reviewer, or to nobody. */
  z.strictObject({ what: z.literal('moved'), at: Instant, to: z.string().nullable(), reason: z.string() }),
]);
export type HistoryEvent = z.infer<typeof HistoryEvent>;

/** `GET /v1/submissions/:id/history`: everything that happened, oldest first, and the submission as it is. */
export const SubmissionHistory = z.strictObject({ submission: Submission, events: z.array(HistoryEvent) });
export type SubmissionHistory = z.infer<typeof SubmissionHistory>;
