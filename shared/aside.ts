import { z } from 'zod';

/** Why a submission is usually set aside, in the order of their digits. */
export const ASIDE_REASONS = ['call', 'instruction', 'colleague', 'proof', 'pictures'] as const;

/** Why a submission was set aside: one of the usual reasons, or own words. For the reviewer alone, never sent. */
export const Aside = z.union([
  z.strictObject({ usual: z.enum(ASIDE_REASONS) }),
  z.strictObject({ words: z.string().trim().min(1).max(60) }),
]);
export type Aside = z.infer<typeof Aside>;
