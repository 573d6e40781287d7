import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  ageOn,
  compactDate,
  dateOf,
  dayNumber,
  overlap,
  totalLength,
  union,
} from '../../../../shared/checks/calendar.ts';
import { dates, spans } from '../../../factories/arbitraries.ts';

/** The days of spans, one by one. */
function daysOf(all: readonly { from: string; to: string }[]): Set<number> {
  const days = new Set<number>();
  for (const { from, to } of all) for (let day = dayNumber(from); day <= dayNumber(to); day += 1) days.add(day);
  return days;
}

/** The same day a month later by counting days: on until the day of the month comes again, or the next month ends. */
function nextMonth(date: string, dayOfMonth: number): string {
  const month = date.slice(0, 7);
  let day = dayNumber(date);
  while (dateOf(day).slice(0, 7) === month) day += 1;
  const following = dateOf(day).slice(0, 7);
  while (Number(dateOf(day).slice(8)) < dayOfMonth && dateOf(day + 1).slice(0, 7) === following) day += 1;
  return dateOf(day);
}

describe('calendar', () => {
  it('goes from dates to day numbers and back', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('2000-03-01')).toBe(11017);
    fc.assert(
      fc.property(dates(), (date) => {
        expect(dateOf(dayNumber(date))).toBe(date);
      }),
    );
  });

  it('knows the days of the calendar', () => {
    expect(compactDate('20000229')).toBe('2000-02-29');
    for (const none of ['19000229', '20250631', '20251301', '20250100', '2025010', 'abcdefgh']) {
      expect(compactDate(none)).toBeNull();
    }
  });

  it('adds months as counting days does', () => {
    fc.assert(
      fc.property(dates(), fc.integer({ min: 0, max: 30 }), (date, months) => {
        let counted = date;
        for (let n = 0; n < months; n += 1) counted = nextMonth(counted, Number(date.slice(8)));
        expect(addMonths(date, months)).toBe(counted);
      }),
      { numRuns: 60 },
    );
  });

  it('knows ages, on birthdays too', () => {
    expect(ageOn('2000-05-10', '2016-05-09')).toBe(15);
    expect(ageOn('2000-05-10', '2016-05-10')).toBe(16);
    expect(ageOn('2000-02-29', '2018-02-28')).toBe(17);
    expect(ageOn('2000-02-29', '2018-03-01')).toBe(18);
  });
});

describe('lengths of spans', () => {
  it.each([
    [[['2025-03-01', '2026-02-28']], 12, 0],
    [[['2025-03-01', '2026-02-27']], 11, 27],
    [[['2025-03-15', '2026-03-15']], 12, 1],
    [[['2024-01-31', '2024-02-27']], 0, 28],
    [[['2025-01-01', '2025-12-30']], 11, 30],
    [[['2024-02-29', '2025-02-27']], 12, 0],
    [[['2024-02-29', '2025-02-26']], 11, 29],
    [
      [
        ['2025-01-01', '2025-06-30'],
        ['2025-07-01', '2025-12-31'],
      ],
      12,
      0,
    ],
    [
      [
        ['2025-01-01', '2025-06-15'],
        ['2025-08-01', '2026-01-15'],
      ],
      11,
      0,
    ],
    [
      [
        ['2025-01-01', '2025-08-31'],
        ['2025-05-01', '2025-12-31'],
      ],
      12,
      0,
    ],
    [[['2026-01-01', '2025-01-01']], 0, 0],
    [[], 0, 0],
  ])('%j is %d months and %d days', (all, months, days) => {
    const built = all.map(([from = '', to = '']) => ({ from, to }));
    expect(totalLength(built, '2030-01-01')).toEqual({ months, days });
  });

  it('keeps exactly the days of the spans, without overlaps or seams', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const merged = union(all);
        expect([...daysOf(merged)].sort()).toEqual([...daysOf(all)].sort());
        for (const [index, span] of merged.entries()) {
          const next = merged[index + 1];
          if (next) expect(dayNumber(next.from)).toBeGreaterThan(dayNumber(span.to) + 1);
        }
        expect(overlap(merged)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with the count of days, whatever the order', () => {
    fc.assert(
      fc.property(spans, dates('2019-01-01', '2028-01-01'), (all, until) => {
        const days = [...daysOf(all)].filter((day) => day <= dayNumber(until)).length;
        const length = totalLength(all, until);
        expect(totalLength([...all].reverse(), until)).toEqual(length);
        // A month has 28 to 31 days, and left over days count 30 to a month.
        expect(length.months * 28 + length.days).toBeLessThanOrEqual(days);
        expect(length.months * 31 + length.days).toBeGreaterThanOrEqual(days);
      }),
      { numRuns: 60 },
    );
  });

  it('counts a single span as going on month by month does', () => {
    fc.assert(
      fc.property(dates('2019-01-01', '2026-12-31'), fc.integer({ min: 0, max: 1200 }), (from, length) => {
        const to = dateOf(dayNumber(from) + length);
        const end = dateOf(dayNumber(to) + 1);
        let months = 0;
        while (addMonths(from, months + 1) <= end) months += 1;
        const days = dayNumber(end) - dayNumber(addMonths(from, months));
        expect(totalLength([{ from, to }], '2040-01-01')).toEqual({ months, days });
      }),
    );
  });

  it('adds up to more the longer it counts, and counts from a first day on', () => {
    fc.assert(
      fc.property(spans, dates('2019-01-01', '2028-01-01'), (all, day) => {
        const total = ({ months, days }: { months: number; days: number }) => months * 30 + days;
        const whole = total(totalLength(all, '2099-01-01'));
        expect(total(totalLength(all, day))).toBeLessThanOrEqual(whole);
        expect(total(totalLength(all, '2099-01-01', day))).toBeLessThanOrEqual(whole);
      }),
    );
    const year = [{ from: '2025-01-01', to: '2025-12-31' }];
    expect(totalLength(year, '2025-09-30', '2025-04-01')).toEqual({ months: 6, days: 0 });
  });
});
