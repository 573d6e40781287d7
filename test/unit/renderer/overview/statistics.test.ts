import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { loadTexts } from '../../../../renderer/i18n.ts';
import { STATISTICS, statisticsOf } from '../../../../renderer/overview/statistics.ts';
import { Overview } from '../../../../shared/overview.ts';
import { NOW, policy } from '../../../factories/submission.ts';

const overview = Overview.parse({
  at: NOW,
  statuses: [
    { site: '990101', status: 'pending', n: 3, claimed: 1 },
    { site: '990101', status: 'approved', n: 2, claimed: 0 },
  ],
  ages: [{ status: 'pending', group: '3', n: 3 }],
  rounds: [
    { round: 1, n: 1 },
    { round: 2, n: 1 },
  ],
  days: [{ day: '2026-03-01', level: 'site', n: 4 }],
  reviewers: [
    { by: { id: 'acc-2', name: '周一' }, level: 'site', kind: 'submission.approve', n: 9 },
    { by: { id: 'acc-1', name: '安二' }, level: 'site', kind: 'submission.return', n: 1 },
  ],
  reasons: [{ reason: 'Q01', n: 1 }],
  returns: 4,
});

it.each(['zh-CN', 'en'] as const)(
  'every statistic is a table of which the chart draws numbers (%s)',
  async (language) => {
    const { t } = (await loadTexts(language)) as { t: TFunction };
    const all = statisticsOf(overview, policy(), t);
    expect(all.map(({ id }) => id)).toEqual([...STATISTICS]);
    for (const { columns, rows, series, title, note } of all) {
      expect([title, note].some((text) => text.startsWith('overview.'))).toBe(false);
      expect(new Set(columns).size).toBe(columns.length);
      for (const row of rows) {
        expect(row).toHaveLength(columns.length);
        for (const { column } of series) expect(typeof row[column]).toBe('number');
      }
    }
  },
);

it('reviewers stand by name, and no column tells of time', async () => {
  const { t } = (await loadTexts('zh-CN')) as { t: TFunction };
  const reviewers = statisticsOf(overview, policy(), t).find(({ id }) => id === 'reviewers');
  expect(reviewers?.rows.map((row) => row[0])).toEqual(['安二', '周一']);
  expect(reviewers?.columns.join()).not.toMatch(/时间|用时|分钟|秒/);
  const reasons = statisticsOf(overview, policy(), t).find(({ id }) => id === 'reasons');
  expect(reasons?.rows).toEqual([['图片不清晰，请重新上传', 1, 25, 'Q01']]);
});
