import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  ageAt,
  chinese,
  dateOf,
  dotted,
  formal,
} from '../../../../service/sample/calendar.ts';

describe('calendar', () => {
  it('keeps to the end of a shorter month', () => {
    expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addMonths('2025-03-15', -3)).toBe('2024-12-15');
    expect(dateOf(2025, 2, 31)).toBe('2025-02-28');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  });

  it('counts completed years', () => {
    expect(ageAt('2000-03-02', '2026-03-01')).toBe(25);
    expect(ageAt('2000-03-02', '2026-03-02')).toBe(26);
  });

  it('prints dates as papers do', () => {
    expect(chinese('2024-03-05')).toBe('2024年3月5日');
    expect(dotted('2024-03-05')).toBe('2024.03.05');
    expect(formal('2020-10-21')).toBe('二〇二〇年十月二十一日');
    expect(formal('2009-11-30')).toBe('二〇〇九年十一月三十日');
  });
});
