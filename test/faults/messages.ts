import { z } from 'zod';
import { Act, Decision, Receipt } from '../../shared/decision.ts';
import { DecisionId, Sha256, SubmissionId } from '../../shared/ids.ts';
import { DECISION_STATES } from '../../shared/ipc.ts';
import { Submission } from '../../shared/submission.ts';

/** One thing that a reviewer does and that is saved. */
export const Deed = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('decide'),
    ask: z.strictObject({ submissionId: SubmissionId, revision: z.number(), act: Act }),
  }),
  z.strictObject({ kind: z.literal('undo') }),
  z.strictObject({ kind: z.literal('dismiss'), id: DecisionId, submissionId: SubmissionId }),
]);
export type Deed = z.infer<typeof Deed>;

/** What a workstation in a process of its own can be told. */
export const Command = z.discriminatedUnion('kind', [
  /** Opens the workstation on a profile folder, unless it is open, and signs in. */
  z.strictObject({
    kind: z.literal('open'),
    userData: z.string(),
    service: z.string(),
    account: z.string(),
    /** The file that every acknowledgement is noted in before anything else happens. */
    ledger: z.string(),
    hold: z.number(),
  }),
  /** Decides `count` times by chance, on one submission or on any. */
  z.strictObject({
    kind: z.literal('work'),
    seed: z.string(),
    count: z.number(),
    every: z.number(),
    on: SubmissionId.nullable(),
  }),
  /** Does one thing. */
  z.strictObject({ kind: z.literal('do'), deed: Deed }),
  /** Returns a submission with two of its pictures. */
  z.strictObject({ kind: z.literal('return'), submissionId: SubmissionId }),
  /** Sets the clock off by so many ms. */
  z.strictObject({ kind: z.literal('clock'), offset: z.number() }),
  z.strictObject({ kind: z.literal('sync') }),
  z.strictObject({ kind: z.literal('look') }),
  /** Everything there is, with the checks of both databases. */
  z.strictObject({ kind: z.literal('dump') }),
  z.strictObject({ kind: z.literal('close') }),
  /** Damages the workstation's own data, to prove that the harness notices. */
  z.strictObject({ kind: z.literal('sabotage'), statements: z.array(z.string()) }),
]);
export type Command = z.infer<typeof Command>;

/** What a workstation looks like from outside. */
export const Look = z.strictObject({
  online: z.boolean(),
  phase: z.string(),
  waiting: z.number(),
  /** Decisions that it has a receipt for. */
  applied: z.array(DecisionId),
  problem: z.string().nullable(),
  /** Pictures that were not looked at yet; looking writes too. */
  unseen: z.number(),
  submissions: z.array(z.strictObject({ base: Submission, effective: Submission })),
});
export type Look = z.infer<typeof Look>;

/** A decision as the workstation has it. */
export const Held = z.strictObject({
  decision: Decision,
  sha256: Sha256,
  state: z.enum(DECISION_STATES),
  receipt: Receipt.nullable(),
});
export type Held = z.infer<typeof Held>;

export const Dump = z.strictObject({
  decisions: z.array(Held),
  /** What the integrity checks found; empty when all is sound. */
  damage: z.array(z.string()),
});
export type Dump = z.infer<typeof Dump>;

/** How a stretch of work ended. */
export const Worked = z.strictObject({
  saved: z.number(),
  /** The disk refused: nothing is saved until the next start. */
  broken: z.boolean(),
});
export type Worked = z.infer<typeof Worked>;

/** A line of the ledger: what the reviewer was told. */
export const Noted = z.strictObject({
  kind: z.enum(['saved', 'withdrawn', 'dismissed']),
  id: z.uuid(),
  submissionId: SubmissionId,
});
export type Noted = z.infer<typeof Noted>;

export const Envelope = z.strictObject({ n: z.number().int(), command: Command });
export const Reply = z.strictObject({
  n: z.number().int(),
  value: z.unknown(),
  /** Code of the failure, when it is one. */
  failure: z.string().nullable(),
});
