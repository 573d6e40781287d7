import { z } from 'zod';
import { Instant } from './ids.ts';
import { type Policy, reviewEnd } from './policy.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The districts' rules are dated by Beijing time, which has no summer time. */
const BEIJING = 8 * HOUR;
/** So long before the end of the review what doesn't have to be uploaded again counts as at risk, ms. */
const NEAR = 2 * DAY;

/** The calendar date in Beijing at an instant, ms since 1970. */
export function beijingDate(ms: number): string {
  return new Date(ms + BEIJING).toISOString().slice(0, 10);
}

/** How near an end is: over, on this day of the calendar, or later. */
export const URGENCIES = ['past', 'today', 'soon'] as const;

/** Submissions whose time ends on one day. */
export const Closing = z.strictObject({
  /** The first end among them. */
  at: Instant,
  count: z.number().int().positive(),
  urgency: z.enum(URGENCIES),
});
export type Closing = z.infer<typeof Closing>;

const Part = z.strictObject({ total: z.number().int(), closing: z.array(Closing) });

/** Which deadlines suffer while decisions can't be sent. */
export const DeadlineRisk = z.strictObject({
  /** The worst of all parts. */
  level: z.enum(['none', 'soon', 'today']),
  /** Unsent returns; those listed leave the candidate less than the full time, till `at`. */
  returns: Part,
  /** Unsent approvals and refusals; those listed have to arrive before `at`. */
  conclusions: Part,
  /** Submissions not yet decided; those listed have to be decided and sent before `at`. */
  undecided: Part,
});
export type DeadlineRisk = z.infer<typeof DeadlineRisk>;

/** A decision on a whole submission that the service doesn't have yet. */
export type UnsentConclusion = {
  readonly kind: 'return' | 'approve' | 'refuse';
  /** End of the review of its submission as the service gave it; null: the district's. */
  readonly deadline: string | null;
};

/** Submissions under review with the same deadline. */
export type Undecided = { readonly deadline: string; readonly count: number };

function urgencyOf(end: number, now: number): Closing['urgency'] {
  if (end <= now) return 'past';
  return beijingDate(end) === beijingDate(now) ? 'today' : 'soon';
}

/** Ends gathered by day, what is over apart from what is not; the earliest first. */
function gather(ends: readonly { readonly end: number; readonly count: number }[], now: number): Closing[] {
  const days = new Map<string, { end: number; count: number; urgency: Closing['urgency'] }>();
  for (const { end, count } of ends) {
    const urgency = urgencyOf(end, now);
    const key = `${beijingDate(end)} ${urgency}`;
    const known = days.get(key);
    days.set(key, { end: Math.min(end, known?.end ?? end), count: count + (known?.count ?? 0), urgency });
  }
  return [...days.values()]
    .sort((a, b) => a.end - b.end)
    .map(({ end, count, urgency }) => ({ at: new Date(end).toISOString(), count, urgency }));
}

/**
 * What the deadlines stand to lose while the line is down. The time to upload again begins when a return reaches the
 * service and lasts `reuploadHours` (domain §4), but after the last moment of the review nobody looks at what is
 * uploaded: a return is at risk from when the two overlap, since each further hour is one that the candidate loses. An
 * approval or refusal only has to arrive in time. `now` is the service's time as far as it is known, ms since 1970.
 */
export function deadlineRisk(
  unsent: readonly UnsentConclusion[],
  undecided: readonly Undecided[],
  policy: Pick<Policy, 'reuploadHours' | 'reviewUntil'>,
  now: number,
): DeadlineRisk {
  const reviewed = Date.parse(reviewEnd(policy));
  const ends = (kinds: readonly UnsentConclusion['kind'][]) =>
    unsent
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ deadline }) => ({ end: deadline === null ? reviewed : Date.parse(deadline), count: 1 }));
  const part = (all: readonly { readonly end: number; readonly count: number }[], before: number) => ({
    total: all.reduce((sum, { count }) => sum + count, 0),
    closing: gather(
      all.filter(({ end }) => end < before),
      now,
    ),
  });
  const returns = part(ends(['return']), now + policy.reuploadHours * HOUR);
  const conclusions = part(ends(['approve', 'refuse']), now + NEAR);
  const open = undecided.map(({ deadline, count }) => ({ end: Date.parse(deadline), count }));
  const waiting = part(open, now + NEAR);
  const all = [...returns.closing, ...conclusions.closing, ...waiting.closing];
  const level = all.length === 0 ? 'none' : all.every(({ urgency }) => urgency === 'soon') ? 'soon' : 'today';
  return { level, returns, conclusions, undecided: waiting };
}
