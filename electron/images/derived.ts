import { z } from 'zod';
import { ImageFacts } from '../../shared/checks/check.ts';
import { formatOf } from './format.ts';

/** What is found in a picture, and its small rendition if it decodes whole. */
export const Derived = z.strictObject({
  facts: ImageFacts.omit({ sha256: true }),
  small: z.instanceof(Uint8Array).nullable(),
});
export type Derived = z.infer<typeof Derived>;

/** What is said of a picture that can't be looked at: no picture at all, or it killed the process or took too long. */
export function unreadable(bytes: Uint8Array): Derived {
  const facts = {
    bytes: bytes.length,
    format: formatOf(bytes),
    width: 0,
    height: 0,
    orientation: 1,
    colour: 0,
  } as const;
  return { facts: { ...facts, decodes: 'none' }, small: null };
}
