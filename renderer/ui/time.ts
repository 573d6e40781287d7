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

/** Rules of the district are dated by Beijing time, wherever the computer stands. */
const ZONE = 'Asia/Shanghai';
const date = new Intl.DateTimeFormat('sv', { timeZone: ZONE });
const time = new Intl.DateTimeFormat('sv', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const WEEK = 6;

/** A day in words as seen from now, in Beijing: `今天`, `周五`, `12月4日周五`; with the time of day unless the day ends then. */
export function dayWords(t: TFunction, instant: string, now: number): string {
  const at = new Date(instant);
  const away = Math.round((Date.parse(date.format(at)) - Date.parse(date.format(now))) / DAY);
  const near = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' }[away];
  const long = t('language') === 'en';
  const words = new Intl.DateTimeFormat(t('language'), {
    timeZone: ZONE,
    weekday: long ? 'long' : 'short',
    ...(away < 0 || away > WEEK ? { month: long ? 'short' : 'long', day: 'numeric' } : {}),
  }).format(at);
  const day = near ? t(`day.${near}`) : t('day.on', { day: words });
  return time.format(at) === '23:59' ? day : t('day.at', { day, time: time.format(at) });
}

/** A date of the calendar in Beijing: `2026-03-02`. */
export function dateWords(instant: string): string {
  return date.format(new Date(instant));
}
