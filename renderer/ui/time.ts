import type { TFunction } from 'i18next';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in its two largest units: `2天 3时`, `40分`. `ms` may be negative: its size counts. */
export function span(t: TFunction, ms: number): string {
  const size = Math.abs(ms);
  const days = Math.floor(size / DAY);
  const hours = Math.floor((size % DAY) / HOUR);
  const minutes = Math.floor((size % HOUR) / MINUTE);
  if (days > 0) return hours > 0 && days < 10 ? t('time.days_hours', { days, hours }) : t('time.days', { days });
  if (hours > 0) return t('time.hours_minutes', { hours, minutes });
  return t('time.minutes', { minutes: Math.max(1, minutes) });
}

/** How urgent a deadline is: past, within a day, within three days, or later. */
export function urgency(deadline: string, now: number): 'past' | 'soon' | 'near' | 'later' {
  const left = Date.parse(deadline) - now;
  if (left <= 0) return 'past';
  if (left <= DAY) return 'soon';
  return left <= 3 * DAY ? 'near' : 'later';
}

/** Date and time of day in the local zone, for lists (`03-02 14:05`). */
export function shortTime(instant: string): string {
  const at = new Date(instant);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
