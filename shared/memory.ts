import { z } from 'zod';
import { MaterialCode, Slot, SubmissionId } from './ids.ts';
import { Phrases } from './phrase.ts';
import { QueueQuery } from './queue-query.ts';
import { Comment, Reasons } from './submission.ts';

/** Keys by command: chords in the notation of `KeyboardEvent.code`, the first one is shown. */
export const KeyChoice = z.record(z.string().max(40), z.array(z.string().min(1).max(40)).max(4));
export type KeyChoice = z.infer<typeof KeyChoice>;

/** A file of keys, as it is exported and taken in again. */
export const KeysFile = z.strictObject({
  format: z.literal('review-desk-keys'),
  version: z.literal(1),
  keys: KeyChoice,
});
export type KeysFile = z.infer<typeof KeysFile>;

/** When eyes are reminded to rest: never, for 20 seconds every 20 minutes, or for a few minutes every 45. */
export const REST = ['off', 'short', 'long'] as const;

/** Where a session ended: it goes on there. */
export const Place = z.strictObject({
  reviewing: SubmissionId.nullable(),
  slot: Slot.nullable(),
  selected: SubmissionId.nullable(),
  query: QueueQuery,
  layout: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal('all')]),
  formShown: z.boolean(),
  linked: z.boolean(),
  /** What was being written at a picture and is not saved. */
  draft: z.strictObject({ submissionId: SubmissionId, slot: Slot, reasons: Reasons, comment: Comment }).nullable(),
});
export type Place = z.infer<typeof Place>;

/** What the desk remembers of an account on this computer: comforts, never decisions. Kept encrypted with its data. */
export const DeskMemory = z.strictObject({
  /** Keys that differ from the usual ones. */
  keys: KeyChoice.default({}),
  /** Commands chosen in the palette, the latest first. */
  lately: z.array(z.string().max(40)).max(12).default([]),
  rest: z.enum(REST).default('short'),
  /** Sentences that the reviewer says often, with fields. */
  phrases: Phrases.default([]),
  /** The checklist is open. */
  checklist: z.boolean().default(false),
  place: Place.nullable().default(null),
  /** A re-upload opens beside what it replaces when it is looked at for the first time. */
  beside: z.boolean().default(true),
  /** The tour of the first start was taken or turned down. */
  toured: z.boolean().default(false),
  /** How many pictures stand side by side, by material, where it is another number than usual. */
  layouts: z.partialRecord(MaterialCode, z.literal([1, 2, 4, 'all'])).default({}),
});
export type DeskMemory = z.infer<typeof DeskMemory>;

/** What of it changes; made without the defaults, which would set back all that is not named. */
export const DeskMemoryChange = z.strictObject(
  Object.fromEntries(Object.entries(DeskMemory.shape).map(([name, kind]) => [name, kind.unwrap().optional()])) as {
    [N in keyof typeof DeskMemory.shape]: z.ZodOptional<ReturnType<(typeof DeskMemory.shape)[N]['unwrap']>>;
  },
);
export type DeskMemoryChange = z.infer<typeof DeskMemoryChange>;
