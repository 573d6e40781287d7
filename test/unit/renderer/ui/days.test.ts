import dayjs from 'dayjs';
import { expect, it } from 'vitest';
import { daysName, wholeDays } from '../../../../renderer/ui/days.ts';

it('days that were picked reach to the end of the last one, and are told as they were picked', () => {
  const [first, last] = [dayjs('2026-03-02T10:00:00'), dayjs('2026-03-06T09:00:00')];
  const days = wholeDays([first, last]);
  expect(days).toEqual({
    from: new Date('2026-03-02T00:00:00').toISOString(),
    to: new Date('2026-03-07T00:00:00').toISOString(),
  });
  expect(daysName(days)).toBe('2026-03-02 – 2026-03-06');
  expect(wholeDays([first, null])).toMatchObject({ to: null });
  expect(daysName(wholeDays([null, last]))).toBe('– 2026-03-06');
  expect(wholeDays(null)).toEqual({ from: null, to: null });
});
