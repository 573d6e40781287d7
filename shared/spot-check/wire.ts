import { z } from 'zod';
import { AccountId, DecisionId, Instant, MaterialCode, Sha256, SubmissionId } from '../ids.ts';
import { LEVELS } from '../status.ts';
import { Comment, Reason, Reasons, Submission } from '../submission.ts';
import { Viewed } from '../viewing.ts';
import { RISKS, SAMPLE_METHODS } from './sample.ts';

/** What a conclusion says, and what those who check it say. */
export const VERDICTS = ['approve', 'return', 'refuse'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

/** `POST /v1/spot-checks` (抽查): draws a sample of conclusions of the own site or district. */
export const DrawPlan = z.strictObject({
  method: z.enum(SAMPLE_METHODS),
  /** How many in all; by reviewer and by reason, of each. */
  size: z.number().int().min(1).max(500),
  /** Draws the same sample again from the same decisions; recorded in the log. */
  seed: z.int32(),
  /** When the conclusions were received, the end not included; null for open ends. */
  from: Instant.nullable(),
  to: Instant.nullable(),
  level: z.enum(LEVELS).nullable(),
  risks: z
    .array(z.enum(RISKS))
    .min(1)
    .default([...RISKS]),
  /** A picture seen for less than this is short viewing, ms. */
  shortMs: z.number().int().positive().max(60_000).default(1_000),
});
export type DrawPlan = z.infer<typeof DrawPlan>;

const Judgement = z.strictObject({
  by: z.strictObject({ id: AccountId, name: z.string() }),
  at: Instant,
  verdict: Verdict,
  reasons: Reasons,
  comment: Comment,
});

/** One drawn conclusion. Nobody is told what was decided before it is settled: the second look is blind. */
export const SpotItem = z.strictObject({
  /** From 1, in the order of the sample. */
  n: z.number().int().positive(),
  submission: SubmissionId,
  registrationNumber: z.string(),
  level: z.enum(LEVELS),
  /** `open`: wants a second look; `disputed`: the second differs from the first, wants a third; `settled`. */
  state: z.enum(['open', 'disputed', 'settled']),
  /** Whether the one who asks may judge it: `part` had a part in the submission, `judged` has judged it already. */
  mine: z.enum(['may', 'part', 'judged']),
  /** Null until it is settled. */
  results: z
    .strictObject({
      decision: DecisionId,
      first: Judgement,
      second: Judgement,
      /** Only where the first two differ. */
      third: Judgement.nullable(),
    })
    .nullable(),
});
export type SpotItem = z.infer<typeof SpotItem>;

/** A spot check. */
export const SpotCheck = z.strictObject({
  id: z.uuid(),
  plan: DrawPlan,
  drawnBy: z.strictObject({ id: AccountId, name: z.string() }),
  drawnAt: Instant,
  /** How many conclusions it was drawn from, and the SHA-256 of their ids in order, one a line. */
  frame: z.strictObject({ size: z.number().int().nonnegative(), sha256: Sha256 }),
  counts: z.strictObject({
    drawn: z.number().int(),
    open: z.number().int(),
    disputed: z.number().int(),
    settled: z.number().int(),
  }),
});
export type SpotCheck = z.infer<typeof SpotCheck>;

/** `GET /v1/spot-checks` */
export const SpotChecks = z.strictObject({ checks: z.array(SpotCheck) });
/** `GET /v1/spot-checks/:id` */
export const SpotCheckDetail = z.strictObject({ check: SpotCheck, items: z.array(SpotItem) });

/** `GET /v1/spot-checks/:id/items/:n`: the submission as it was to be judged, without anything that was decided. */
export const SpotSubject = z.strictObject({ item: SpotItem, submission: Submission });

/** `POST /v1/spot-checks/:id/items/:n/judgements` */
export const SpotVerdict = z.strictObject({
  verdict: Verdict,
  reasons: Reasons,
  comment: Comment,
  viewed: z.array(Viewed).max(99).optional(),
});
export type SpotVerdict = z.infer<typeof SpotVerdict>;

/** `GET /v1/spot-checks/:id/agreement`: of first and second judgement, over what has been judged twice and is settled. */
export const SpotAgreement = z.strictObject({
  n: z.number().int().nonnegative(),
  agreed: z.number().int().nonnegative(),
  percent: z.number().nullable(),
  kappa: z.number().nullable(),
  error: z.number().nullable(),
  interval: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  /** Rows: the first judgement, columns: the second, in the order of `VERDICTS`. */
  table: z.array(z.array(z.number().int())),
  /** Of the disputed ones, how often the third upheld the first. */
  upheld: z.number().int().nonnegative(),
});
export type SpotAgreement = z.infer<typeof SpotAgreement>;

/** What was exported of the log and its statistics: ids and codes; words that were searched for go no further. */
export const ExportFilter = z.strictObject({
  person: AccountId.nullable().default(null),
  submission: SubmissionId.nullable().default(null),
  level: z.enum(LEVELS).nullable().default(null),
  from: Instant.nullable().default(null),
  to: Instant.nullable().default(null),
  kinds: z
    .array(z.string().regex(/^[a-z]+\.[a-z_]+$/))
    .max(20)
    .default([]),
  reasons: z.array(Reason).max(60).default([]),
  materials: z.array(MaterialCode).max(30).default([]),
  /** Longest viewing time of any picture, ms. */
  viewedUnder: z.number().int().positive().nullable().default(null),
  /** Absent in what was recorded before there was one. */
  outcome: z.enum(['applied', 'conflict', 'refused']).nullable().default(null),
  conflicts: z.boolean().default(false),
  reopened: z.boolean().default(false),
  /** SHA-256 of the words searched for; the words themselves may be personal and are not told. */
  search: Sha256.nullable().default(null),
});
export type ExportFilter = z.infer<typeof ExportFilter>;

/** `POST /v1/exports`: an export is to be made; without the answer none is. */
export const ExportAsk = z.strictObject({
  what: z.enum(['decisions', 'statistics', 'record', 'spot_check']),
  format: z.enum(['xlsx', 'csv', 'pdf']),
  filter: ExportFilter,
  rows: z.number().int().nonnegative(),
});
export type ExportAsk = z.infer<typeof ExportAsk>;
/** What the exported file says of itself: who, when, and the entry of the log that tells of it. */
export const ExportMade = z.strictObject({
  entry: z.number().int().positive(),
  at: Instant,
  by: z.strictObject({ id: AccountId, name: z.string() }),
});
