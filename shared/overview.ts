import { z } from 'zod';
import { AccountId, Instant } from './ids.ts';
import { type Policy, reviewEnd } from './policy.ts';
import { LEVELS, type Level, levelAt } from './status.ts';
import { Reason, STATUSES, type Status } from './submission.ts';

/** Ends of the age of open submissions, whole days since the candidate last submitted; the last has none. */
export const AGE_ENDS = [1, 3, 7, 14] as const;
/** How open submissions are grouped by age: below each end, and older. */
export const AGE_GROUPS = ['1', '3', '7', '14', 'older'] as const;
/** Conclusions that are counted. */
export const COUNTED = [
  'submission.approve',
  'submission.return',
  'submission.refuse',
  'submission.send_back',
] as const;

const Count = z.number().int().nonnegative();

/** `GET /v1/overview`: counts alone, of the own place. Nobody's working time is in it, so that nobody is rated by it. */
export const Overview = z.strictObject({
  at: Instant,
  statuses: z.array(
    z.strictObject({
      site: z.string(),
      status: z.enum(STATUSES),
      n: Count,
      /** Of these, how many somebody reviews now. */
      claimed: Count,
    }),
  ),
  ages: z.array(z.strictObject({ status: z.enum(STATUSES), group: z.enum(AGE_GROUPS), n: Count })),
  /** How often candidates submitted until they were approved: 1 is at once. */
  rounds: z.array(z.strictObject({ round: z.number().int().positive(), n: Count })),
  /** By day of Beijing. */
  days: z.array(z.strictObject({ day: z.iso.date(), level: z.enum(LEVELS), n: Count })),
  reviewers: z.array(
    z.strictObject({
      by: z.strictObject({ id: AccountId, name: z.string() }),
      level: z.enum(LEVELS),
      kind: z.enum(COUNTED),
      n: Count,
    }),
  ),
  /** Returns that named a reason, the most frequent first. */
  reasons: z.array(z.strictObject({ reason: Reason, n: Count })),
  /** Returns in all. */
  returns: Count,
});
export type Overview = z.infer<typeof Overview>;

const DAY = 86_400_000;

/** How far a level has come. */
export type LevelProgress = {
  readonly level: Level;
  /** Under review at this level. */
  readonly waiting: number;
  /** Of these, in somebody's hands. */
  readonly claimed: number;
  /** With the candidates. */
  readonly returned: number;
  /** Through with this level: passed on or concluded. */
  readonly through: number;
  /** All that have come to this level, or are still to come. */
  readonly all: number;
  /** When its review ends. */
  readonly end: string;
  /** Whole days left, the day that ends today counted; 0 when it is over. */
  readonly daysLeft: number;
  /** What has to be concluded a day from now on, so that none is left at the end; null when nothing is left to do or no day. */
  readonly needed: number | null;
  /** Concluded a day, over the last seven days on which anything was: of the place, never of a person. */
  readonly lately: number | null;
};

type Rules = Pick<Policy, 'levels' | 'reviewUntil' | 'reviewUntilOf'>;

/** The latest days on which a level concluded anything, for the pace of the place. */
const LATELY = 7;

function stageOf(status: Status, levels: Pick<Policy, 'levels'>): number {
  const level = levelAt(status, levels);
  if (level !== null) return levels.levels.indexOf(level);
  return status === 'returned' || status === 'draft' ? -1 : levels.levels.length;
}

/** How far each level has come against its last day. Drafts count nowhere: they are the candidates'. */
export function progressOf(
  { statuses, days, at }: Pick<Overview, 'statuses' | 'days' | 'at'>,
  policy: Rules,
): LevelProgress[] {
  const sum = (of: typeof statuses, what: 'n' | 'claimed' = 'n') => of.reduce((total, one) => total + one[what], 0);
  const counted = statuses.filter(({ status }) => status !== 'draft');
  return policy.levels.map((level, place) => {
    const here = counted.filter(({ status }) => levelAt(status, policy) === level);
    const through = sum(counted.filter(({ status }) => stageOf(status, policy) > place));
    const waiting = sum(here);
    const end = reviewEnd(policy, level);
    const daysLeft = Math.max(0, Math.ceil((Date.parse(end) - Date.parse(at)) / DAY));
    const own = days.filter((one) => one.level === level).slice(-LATELY);
    const todo = sum(counted) - through;
    return {
      level,
      waiting,
      claimed: sum(here, 'claimed'),
      returned: sum(counted.filter(({ status }) => status === 'returned')),
      through,
      all: sum(counted),
      end,
      daysLeft,
      needed: todo === 0 || daysLeft === 0 ? null : Math.ceil(todo / daysLeft),
      lately: own.length === 0 ? null : Math.round(own.reduce((total, { n }) => total + n, 0) / own.length),
    };
  });
}

/** Where the submissions of each site stand. */
export type SiteCounts = {
  readonly site: string;
  readonly counts: Readonly<Partial<Record<Status, number>>>;
  readonly all: number;
};

/** Counts by site, in the order of the policy; sites that it no longer names come last. */
export function sitesOf({ statuses }: Pick<Overview, 'statuses'>, { sites }: Pick<Policy, 'sites'>): SiteCounts[] {
  const order = sites.map(({ site }) => site);
  const rank = (site: string) => (order.includes(site) ? order.indexOf(site) : order.length);
  const names = [...new Set(statuses.map(({ site }) => site))].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return names.map((site) => {
    const own = statuses.filter((one) => one.site === site);
    const counts: Partial<Record<Status, number>> = {};
    for (const { status, n } of own) counts[status] = (counts[status] ?? 0) + n;
    return { site, counts, all: own.reduce((total, { n }) => total + n, 0) };
  });
}

/** What each reviewer has concluded. */
export type ReviewerCounts = {
  readonly id: AccountId;
  readonly name: string;
  readonly level: Level;
  readonly counts: Readonly<Record<(typeof COUNTED)[number], number>>;
  readonly all: number;
};

/** Conclusions by reviewer and level, in the order of names: never by how many or how fast. */
export function reviewersOf(
  { reviewers }: Pick<Overview, 'reviewers'>,
  compare: (a: string, b: string) => number,
): ReviewerCounts[] {
  const found = new Map<string, ReviewerCounts>();
  for (const { by, level, kind, n } of reviewers) {
    const key = `${by.id} ${level}`;
    const before = found.get(key) ?? {
      ...by,
      level,
      counts: { 'submission.approve': 0, 'submission.return': 0, 'submission.refuse': 0, 'submission.send_back': 0 },
      all: 0,
    };
    found.set(key, { ...before, counts: { ...before.counts, [kind]: before.counts[kind] + n }, all: before.all + n });
  }
  return [...found.values()].sort(
    (a, b) => compare(a.name, b.name) || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
  );
}

/** Open submissions by level and age. */
export function agesOf(
  { ages }: Pick<Overview, 'ages'>,
  levels: Pick<Policy, 'levels'>,
): { level: Level; counts: readonly number[] }[] {
  return levels.levels.map((level) => ({
    level,
    counts: AGE_GROUPS.map((group) =>
      ages
        .filter((one) => one.group === group && levelAt(one.status, levels) === level)
        .reduce((total, { n }) => total + n, 0),
    ),
  }));
}
