import { z } from 'zod';
import { Instant } from './ids.ts';

/**
 * A proof that did not hold. At the service: `cut`: its log is shorter than it was; `rewritten`: it is not the log that was
 * seen before; `restored`: the same, and the service says that it was restored from a backup; `signature`: its head is not
 * signed by its key; `missing`: a decision that has its receipt is not in it, or is another; `unproven`: it gives no proof.
 * On this computer: `content`: a record was changed; `gone`: one is missing; `receipt`: a receipt is not the service's, or
 * for something else; `older`: the data is older than it was; `forked`: the service has other decisions of this computer.
 */
export const BREAK_KINDS = [
  'cut',
  'rewritten',
  'restored',
  'signature',
  'missing',
  'unproven',
  'content',
  'gone',
  'receipt',
  'older',
  'forked',
] as const;
export const BreakKind = z.enum(BREAK_KINDS);
export type BreakKind = z.infer<typeof BreakKind>;

/** What a number counts: entries of the service's log or of the log here, or decisions of this computer. */
export const BREAK_PLACES = ['service', 'desk', 'decisions'] as const;
export const BreakPlace = z.enum(BREAK_PLACES);

/** What was found: the first bad entry is one from `first` to `last`; null where it can't be said. */
export const Found = z.strictObject({
  place: BreakPlace,
  kind: BreakKind,
  first: z.number().int().positive().nullable(),
  last: z.number().int().positive().nullable(),
  /** When everything was last in order; null when it never was. */
  since: Instant.nullable(),
});
export type Found = z.infer<typeof Found>;

/** A finding as it is kept: for good, with when it was found and when it was over. */
export const LogBreak = Found.extend({ id: z.number().int(), foundAt: Instant, overAt: Instant.nullable() });
export type LogBreak = z.infer<typeof LogBreak>;

/** Findings that no later check can take back, because work goes on from there: a person takes note of them. */
export const TO_BE_NOTED: ReadonlySet<BreakKind> = new Set(['restored', 'older', 'forked']);

/** What is proven, in the order in which it is: on this computer, then with the service. */
export const PROOF_PARTS = ['log', 'decisions', 'receipts', 'heads', 'consistency', 'inclusion'] as const;
export const ProofPart = z.enum(PROOF_PARTS);
export type ProofPart = z.infer<typeof ProofPart>;

/** What could not be proven of a part, and why; `count` things. */
export const LIMITS = ['offline', 'recovered', 'former_device', 'unsigned', 'unanswered', 'unsealed'] as const;
export const Limit = z.strictObject({ why: z.enum(LIMITS), count: z.number().int() });
export type Limit = z.infer<typeof Limit>;

export const PartReport = z.strictObject({
  part: ProofPart,
  state: z.enum(['waiting', 'running', 'proven', 'broken', 'unproven']),
  done: z.number().int(),
  total: z.number().int(),
  found: z.array(Found),
  limits: z.array(Limit),
});
export type PartReport = z.infer<typeof PartReport>;

/** A verification, under way or done. */
export const ProofReport = z.strictObject({
  startedAt: Instant,
  endedAt: Instant.nullable(),
  outcome: z.enum(['running', 'proven', 'broken', 'unproven', 'cancelled', 'failed']),
  parts: z.array(PartReport),
});
export type ProofReport = z.infer<typeof ProofReport>;

/** The last head of the service's log that is kept here. */
export const KeptHead = z.strictObject({ size: z.number().int(), root: z.string(), at: Instant, checkedAt: Instant });
export type KeptHead = z.infer<typeof KeptHead>;

/** All that the screen of proofs shows. */
export const ProofState = z.strictObject({
  head: KeptHead.nullable(),
  heads: z.number().int(),
  /** Decisions with a receipt, and how many of them were proven to be in the service's log. */
  receipts: z.number().int(),
  included: z.number().int(),
  /** Newest first. */
  breaks: z.array(LogBreak),
  report: ProofReport.nullable(),
});
export type ProofState = z.infer<typeof ProofState>;
