import { z } from 'zod';
import { AccountId, DecisionId, Instant, Sha256, Slot } from './ids.ts';
import { LEVELS } from './status.ts';

/** Words for colleagues, characters. Half a character has no canonical form to hash. */
export const NoteText = z
  .string()
  .max(500)
  .refine((text) => text.trim() !== '', 'no words')
  .refine((text) => !/\p{Surrogate}/u.test(text), 'broken character');

/** The picture that a note is about, as it was on screen. */
export const NotedImage = z.strictObject({ slot: Slot, sha256: Sha256 });

/**
 * 内部备注: what staff tell each other about a submission. Part of what colleagues and supervisors synchronise; nothing
 * that is made for candidates may read it.
 */
export const Note = z.strictObject({
  /** The decision that it came with. */
  id: DecisionId,
  at: Instant,
  level: z.enum(LEVELS),
  /** Null until the service has it: then it is this computer's own. */
  by: z.strictObject({ id: AccountId, name: z.string() }).nullable(),
  /** Null: about the submission as a whole. */
  image: NotedImage.nullable(),
  text: z.string(),
});
export type Note = z.infer<typeof Note>;
