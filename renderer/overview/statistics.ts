import type { TFunction } from 'i18next';
import type { Cell } from '../../shared/export/sheet.ts';
import { AGE_GROUPS, agesOf, COUNTED, type Overview, progressOf, reviewersOf, sitesOf } from '../../shared/overview.ts';
import type { Policy } from '../../shared/policy.ts';
import type { Status } from '../../shared/submission.ts';
import { dateWords } from '../ui/time.ts';
import { reasonName, statusName } from '../ui/words.ts';

/** What the overview shows, in this order. */
export const STATISTICS = ['progress', 'sites', 'days', 'reasons', 'ages', 'rounds', 'reviewers'] as const;
export type StatisticId = (typeof STATISTICS)[number];

/** Colours of a series, by the tokens of the desk. */
export type Tone = 'open' | 'accent' | 'locked' | 'returned' | 'refused' | 'conflict' | 'faint';

/** A column that the chart draws. */
export type Series = { readonly column: number; readonly tone: Tone };

/** One statistic: a table, of which the chart draws the named columns against the first. */
export type Statistic = {
  readonly id: StatisticId;
  readonly title: string;
  /** What it counts, and what it doesn't. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly series: readonly Series[];
  /** Bars lie where names are long, and stand where the first column is a scale. */
  readonly bars: 'lying' | 'standing';
};

/** States in the order in which a submission goes through them, with their colour. */
const SHOWN: readonly (readonly [Status, Tone])[] = [
  ['pending', 'open'],
  ['point_approved', 'conflict'],
  ['site_approved', 'accent'],
  ['approved', 'locked'],
  ['returned', 'returned'],
  ['refused', 'refused'],
  ['lapsed', 'faint'],
];

/** Tones of the levels, lowest first. */
const LEVEL_TONES: readonly Tone[] = ['accent', 'locked', 'conflict'];

const drawn = (columns: readonly Tone[], first = 1): Series[] =>
  columns.map((tone, place) => ({ column: place + first, tone }));

/** The statistics of an overview, in words of the screen: the same for charts, tables and files. */
export function statisticsOf(overview: Overview, policy: Policy, t: TFunction): Statistic[] {
  const collator = new Intl.Collator(t('language'));
  const name = (id: StatisticId) => ({ id, title: t(`overview.${id}.title`), note: t(`overview.${id}.note`) });
  const level = (one: string) => t(`reviewLevel.${one}`);
  const siteName = (site: string) => policy.sites.find((one) => one.site === site)?.name ?? site;
  const states = SHOWN.filter(([status]) => overview.statuses.some((one) => one.status === status && one.n > 0));
  const days = [...new Set(overview.days.map(({ day }) => day))];
  const kinds = COUNTED.filter(
    (kind) => kind !== 'submission.send_back' || overview.reviewers.some((one) => one.kind === kind),
  );
  const kindTones: readonly Tone[] = ['locked', 'returned', 'refused', 'conflict'];
  return [
    {
      ...name('progress'),
      columns: [
        t('overview.level'),
        t('overview.through'),
        t('overview.claimed'),
        t('overview.free'),
        t('overview.withCandidate'),
        t('overview.below'),
        t('overview.end'),
        t('overview.daysLeft'),
        t('overview.needed'),
        t('overview.lately'),
      ],
      rows: progressOf(overview, policy).map((one) => [
        level(one.level),
        one.through,
        one.claimed,
        one.waiting - one.claimed,
        one.returned,
        one.all - one.through - one.waiting - one.returned,
        dateWords(one.end),
        one.daysLeft,
        one.needed,
        one.lately,
      ]),
      series: drawn(['locked', 'accent', 'open', 'returned', 'faint']),
      bars: 'lying',
    },
    {
      ...name('sites'),
      columns: [t('overview.site'), ...states.map(([status]) => statusName(t, status)), t('overview.all')],
      rows: sitesOf(overview, policy).map(({ site, counts, all }) => [
        siteName(site),
        ...states.map(([status]) => counts[status] ?? 0),
        all,
      ]),
      series: drawn(states.map(([, tone]) => tone)),
      bars: 'lying',
    },
    {
      ...name('days'),
      columns: [t('overview.day'), ...policy.levels.map(level)],
      rows: days.map((day) => [
        day,
        ...policy.levels.map((one) => overview.days.find((at) => at.day === day && at.level === one)?.n ?? 0),
      ]),
      series: drawn(policy.levels.map((_, place) => LEVEL_TONES[place] ?? 'open')),
      bars: 'standing',
    },
    {
      ...name('reasons'),
      columns: [t('overview.reason'), t('overview.returns'), t('overview.share'), t('overview.code')],
      rows: overview.reasons.map(({ reason, n }) => [
        reasonName(t, reason),
        n,
        overview.returns === 0 ? null : Math.round((1_000 * n) / overview.returns) / 10,
        reason,
      ]),
      series: drawn(['returned']),
      bars: 'lying',
    },
    {
      ...name('ages'),
      columns: [t('overview.age'), ...policy.levels.map(level)],
      rows: AGE_GROUPS.map((group, place) => [
        t(`overview.ageGroup.${group}`),
        ...agesOf(overview, policy).map(({ counts }) => counts[place] ?? 0),
      ]),
      series: drawn(policy.levels.map((_, place) => LEVEL_TONES[place] ?? 'open')),
      bars: 'standing',
    },
    {
      ...name('rounds'),
      columns: [t('overview.round'), t('overview.approved')],
      rows: overview.rounds.map(({ round, n }) => [
        round === 1 ? t('overview.atOnce') : t('overview.reuploads', { count: round - 1 }),
        n,
      ]),
      series: drawn(['locked']),
      bars: 'standing',
    },
    {
      ...name('reviewers'),
      columns: [
        t('overview.reviewer'),
        t('overview.level'),
        ...kinds.map((kind) => t(`act.${kind.replace('.', '_')}`)),
        t('overview.all'),
      ],
      rows: reviewersOf(overview, collator.compare).map((one) => [
        one.name,
        level(one.level),
        ...kinds.map((kind) => one.counts[kind]),
        one.all,
      ]),
      series: drawn(
        kinds.map((_, place) => kindTones[place] ?? 'open'),
        2,
      ),
      bars: 'lying',
    },
  ];
}
