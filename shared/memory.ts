import { z } from 'zod';
import { Phrases } from './phrase.ts';

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
});
export type DeskMemory = z.infer<typeof DeskMemory>;

/** What of it changes; made without the defaults, which would set back all that is not named. */
export const DeskMemoryChange = z.strictObject(
  Object.fromEntries(Object.entries(DeskMemory.shape).map(([name, kind]) => [name, kind.unwrap().optional()])) as {
    [N in keyof typeof DeskMemory.shape]: z.ZodOptional<ReturnType<(typeof DeskMemory.shape)[N]['unwrap']>>;
  },
);
export type DeskMemoryChange = z.infer<typeof DeskMemoryChange>;
