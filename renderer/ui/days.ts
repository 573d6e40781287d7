import type { DatePicker } from 'antd';
import type { ComponentProps } from 'react';

/** The days that were picked, as the picker keeps them. */
export type Days = ComponentProps<typeof DatePicker.RangePicker>['value'];

/** From the beginning of the first day to the end of the last, which is not included; null for open ends. */
export function wholeDays(days: Days): { readonly from: string | null; readonly to: string | null } {
  return {
    from: days?.[0]?.startOf('day').toISOString() ?? null,
    to: days?.[1]?.add(1, 'day').startOf('day').toISOString() ?? null,
  };
}

const day = new Intl.DateTimeFormat('sv');

/** The same days as text, as they were picked: `2026-03-02 – 2026-03-06`; an open end is empty. */
export function daysName({ from, to }: ReturnType<typeof wholeDays>): string {
  const last = to === null ? '' : day.format(Date.parse(to) - 1);
  return `${from === null ? '' : day.format(Date.parse(from))} – ${last}`.trim();
}
