import { describe, expect, it } from 'vitest';
import { type Check, type CheckId, derive } from '../../../../shared/checks/check.ts';
import { practiceMonthsNeeded } from '../../../../shared/checks/periods.ts';
import type { Form } from '../../../../shared/form.ts';
import { assistantForm, form, policy, TODAY } from '../../../factories/submission.ts';

function one(id: CheckId, of: Form, today = TODAY): Check | undefined {
  return derive({ form: of, images: [], facts: [], shared: [], policy: policy(), today }).find(
    (check) => check.id === id,
  );
}
const worked = (...spans: [from: string, to: string][]) =>
  spans.map(([from, to]) => ({ unit: '样例医院', post: '临床', from, to }));

describe('probation', () => {
  it.each([
    [[['2024-08-01', '2025-07-31']], 'passed', 12],
    [[['2024-08-01', '2025-07-30']], 'failed', 11],
    [
      [
        ['2024-08-01', '2025-01-31'],
        ['2025-03-01', '2025-08-31'],
      ],
      'passed',
      12,
    ],
    [
      [
        ['2024-08-01', '2025-03-31'],
        ['2025-01-01', '2025-06-30'],
      ],
      'failed',
      11,
    ],
    [[], 'failed', 0],
  ] as const)('%j: %s with %d months', (spans, status, months) => {
    const probation = worked(...spans.map(([from, to]): [string, string] => [from, to]));
    const found = one('probation.months', form({ probation }));
    expect(found).toMatchObject({ status, field: 'probation', facts: { months, needed: 12 } });
    expect(found?.reason).toBe(status === 'failed' ? 'E04' : undefined);
  });

  it('counts until the day of the policy, and says what is only planned', () => {
    const fresh = (to: string) => form({ paths: ['fresh'], probation: worked(['2025-09-01', to]) });
    expect(one('probation.months', fresh('2026-08-31'))).toMatchObject({
      status: 'passed',
      facts: { context: 'planned', months: 12, sofar: 6, until: '2026-08-31' },
    });
    expect(one('probation.months', fresh('2026-08-31'), '2026-08-31')?.facts.context).toBeUndefined();
    const late = form({ probation: worked(['2025-09-15', '2027-09-14']) });
    expect(one('probation.months', late)).toMatchObject({
      status: 'failed',
      facts: { months: 11, until: '2026-08-31' },
    });
  });

  it('is not asked of 助理升执业, and is the internship of 港澳台', () => {
    expect(one('probation.months', assistantForm())).toBeUndefined();
    expect(one('probation.months', form({ paths: ['past', 'hmt'] }))?.status).toBe('passed');
  });

  it('follows the months that the policy asks for', () => {
    const checks = derive({
      form: form(),
      images: [],
      facts: [],
      shared: [],
      policy: policy({ probationMonths: 24 }),
      today: TODAY,
    });
    expect(checks.find(({ id }) => id === 'probation.months')).toMatchObject({ status: 'failed', reason: 'E04' });
  });
});

describe('order of dates', () => {
  const order = (probation: Form['probation'], overrides: Partial<Form> = {}) =>
    one('probation.order', form({ probation, ...overrides }));

  it('fails where a period ends before it begins', () => {
    expect(order(worked(['2025-08-01', '2025-07-31']))).toMatchObject({
      status: 'failed',
      reason: 'I08',
      facts: { from: '2025-08-01', to: '2025-07-31' },
    });
    expect(order(worked(['2025-08-01', '2025-08-01']))?.status).toBe('passed');
  });

  it('warns where employers overlap or work began before graduation', () => {
    expect(order(worked(['2024-08-01', '2025-03-31'], ['2025-03-31', '2025-12-31']))).toMatchObject({
      status: 'warning',
      reason: 'I08',
      facts: { context: 'overlap' },
    });
    expect(order(worked(['2024-06-27', '2025-12-31']))).toMatchObject({
      status: 'warning',
      facts: { context: 'graduation', from: '2024-06-27', graduated: '2024-06-28' },
    });
  });

  it('lets 专升本 and postgraduates begin earlier', () => {
    const early = worked(['2023-06-27', '2025-12-31']);
    expect(order(early, { paths: ['past', 'college_up'] })?.status).toBe('passed');
    expect(order(early, { education: 'master' })?.status).toBe('passed');
    expect(order(early, { graduationDate: null })?.status).toBe('passed');
  });

  it('says nothing without periods', () => {
    expect(order([])).toBeUndefined();
    expect(one('practice.order', form())).toBeUndefined();
  });
});

describe('practice as an assistant', () => {
  const years = (practice: Form['practice'], overrides: Partial<Form> = {}) =>
    one('practice.years', assistantForm({ practice, firstRegistered: '2015-01-01', ...overrides }));

  it('needs two years with 专科 or more, five otherwise', () => {
    expect(practiceMonthsNeeded('college')).toBe(24);
    expect(practiceMonthsNeeded('bachelor')).toBe(24);
    expect(practiceMonthsNeeded('secondary')).toBe(60);
    expect(practiceMonthsNeeded('none')).toBe(60);
  });

  it.each([
    ['college', '2023-03-01', '2025-02-28', 'passed'],
    ['college', '2023-03-02', '2025-02-28', 'failed'],
    ['secondary', '2020-03-01', '2025-02-28', 'passed'],
    ['secondary', '2020-03-02', '2025-02-28', 'failed'],
  ] as const)('%s, %s to %s: %s', (education, from, to, status) => {
    const found = years(worked([from, to]), { education });
    expect(found?.status).toBe(status);
    expect(found?.reason).toBe(status === 'failed' ? 'E05' : undefined);
  });

  it('counts from the first registration only', () => {
    const practice = worked(['2020-01-01', '2026-02-28']);
    expect(years(practice, { firstRegistered: '2024-10-01' })).toMatchObject({
      status: 'failed',
      facts: { months: 17 },
    });
    expect(one('practice.order', assistantForm({ practice }))).toMatchObject({
      status: 'warning',
      facts: { context: 'registration', from: '2020-01-01' },
    });
  });

  it('says what is only planned', () => {
    expect(years(worked(['2024-09-01', '2026-08-31']))).toMatchObject({
      status: 'passed',
      facts: { context: 'planned', months: 24, sofar: 18 },
    });
  });

  it('is complete on the day on which the last month ends', () => {
    const context = (today: string) =>
      one(
        'practice.years',
        assistantForm({ practice: worked(['2024-03-01', '2026-08-31']), firstRegistered: '2015-01-01' }),
        today,
      )?.facts.context;
    expect([context('2026-02-27'), context('2026-02-28')]).toEqual(['planned', undefined]);
  });

  it('is asked of 助理升执业 alone', () => {
    expect(one('practice.years', form())).toBeUndefined();
  });
});
