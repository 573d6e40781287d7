import { describe, expect, it } from 'vitest';
import { AccountId } from '../../../shared/ids.ts';
import { agesOf, type Overview, progressOf, reviewersOf, sitesOf } from '../../../shared/overview.ts';

const RULES = {
  levels: ['site', 'district'] as const,
  reviewUntil: '2026-03-10',
  reviewUntilOf: { district: '2026-03-20' },
};
const rules = { ...RULES, levels: [...RULES.levels] };
const AT = '2026-03-02T06:00:00.000Z';
const status = (site: string, name: Overview['statuses'][number]['status'], n: number, claimed = 0) => ({
  site,
  status: name,
  n,
  claimed,
});

describe('progress', () => {
  const statuses = [
    status('a', 'draft', 50),
    status('a', 'pending', 10, 4),
    status('a', 'site_approved', 6, 1),
    status('b', 'approved', 20),
    status('b', 'returned', 3),
    status('b', 'refused', 1),
  ];

  it('counts each submission once a level, and drafts at none', () => {
    const [site, district] = progressOf({ statuses, days: [], at: AT }, rules);
    expect(site).toMatchObject({ level: 'site', waiting: 10, claimed: 4, returned: 3, through: 27, all: 40 });
    expect(district).toMatchObject({ level: 'district', waiting: 6, claimed: 1, returned: 3, through: 21, all: 40 });
  });

  it('says what is needed a day until the last one of each level, and what was done lately', () => {
    const days = Array.from({ length: 9 }, (_, n) => ({ day: `2026-02-1${n}`, level: 'site' as const, n: n + 1 }));
    const [site, district] = progressOf({ statuses, days, at: AT }, rules);
    expect(site).toMatchObject({ daysLeft: 9, needed: 2, lately: 6 });
    expect(district).toMatchObject({ daysLeft: 19, needed: 1, lately: null });
  });

  it('needs nothing when all is done or the last day is over', () => {
    const done = progressOf({ statuses: [status('a', 'approved', 2)], days: [], at: AT }, rules);
    expect(done.map(({ needed }) => needed)).toEqual([null, null]);
    const over = progressOf({ statuses, days: [], at: '2026-03-11T06:00:00.000Z' }, rules);
    expect(over[0]).toMatchObject({ daysLeft: 0, needed: null });
  });
});

it('sites stand in the order of the policy, unknown ones last', () => {
  const found = sitesOf(
    {
      statuses: [
        status('c', 'pending', 1),
        status('b', 'pending', 2),
        status('b', 'refused', 3),
        status('a', 'pending', 4),
      ],
    },
    {
      sites: [
        { site: 'b', name: 'B' },
        { site: 'a', name: 'A' },
      ],
    },
  );
  expect(found.map(({ site, all }) => [site, all])).toEqual([
    ['b', 5],
    ['a', 4],
    ['c', 1],
  ]);
});

it('reviewers stand in the order of names, whoever did more', () => {
  const one = (id: string, name: string, n: number) => ({
    by: { id: AccountId.parse(id), name },
    level: 'site' as const,
    kind: 'submission.approve' as const,
    n,
  });
  const found = reviewersOf(
    { reviewers: [one('2', '张', 9), one('1', '安', 1), one('1', '安', 2)] },
    new Intl.Collator('zh-CN').compare,
  );
  expect(found.map(({ name, all }) => [name, all])).toEqual([
    ['安', 3],
    ['张', 9],
  ]);
});

it('ages stand by the level that is to act', () => {
  const ages: Overview['ages'] = [
    { status: 'pending', group: '1', n: 2 },
    { status: 'site_approved', group: 'older', n: 3 },
  ];
  expect(agesOf({ ages }, rules)).toEqual([
    { level: 'site', counts: [2, 0, 0, 0, 0] },
    { level: 'district', counts: [0, 0, 0, 0, 3] },
  ]);
});
