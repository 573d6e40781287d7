import { z } from 'zod';

/**
 * Queue states as filters. `untouched` / `begun`: under review, none / some images judged; `resubmitted`: under review
 * again after a return; `parked`: a decision was not taken (conflict); `incomplete`: images still missing here;
 * `others`: under review, and another reviewer has it; `aside`: under review, and set aside by this reviewer.
 */
export const QUEUE_FILTERS = [
  'all',
  'open',
  'untouched',
  'begun',
  'resubmitted',
  'returned',
  'passed',
  'refused',
  'parked',
  'incomplete',
  'others',
  'aside',
] as const;
export const QUEUE_SORTS = ['deadline', 'submitted', 'registration', 'name', 'status', 'points'] as const;
export const QueueQuery = z.strictObject({
  filter: z.enum(QUEUE_FILTERS).default('open'),
  sort: z.enum(QUEUE_SORTS).default('deadline'),
  descending: z.boolean().default(false),
  /** Part of a name, its pinyin initials, a registration number, or the last characters of an ID number. */
  search: z.string().max(64).default(''),
});
export type QueueQuery = z.infer<typeof QueueQuery>;
