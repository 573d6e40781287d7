const DAY = 86_400_000;

/** Days from 1970-01-01 to a calendar date (ISO); `NaN` for what is not one. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`) / DAY;
}

/** The calendar date (ISO) of a day number. */
export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Whether eight digits (`19491231`) name a day of the calendar; its ISO date, or `null`. */
export function compactDate(digits: string): string | null {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  const day = dayNumber(iso);
  // Date.parse takes 31 June for 1 July; the way back shows it.
  return Number.isFinite(day) && dateOf(day) === iso ? iso : null;
}

/** The same day `months` later; the last day of the month where it has no such day (31 January + 1 = 28 February). */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const last = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
  return dateOf(Date.UTC(Math.floor(index / 12), index % 12, Math.min(day, last)) / DAY);
}

/** Full years of age on a date (周岁); born on 29 February: from 1 March in other years. */
export function ageOn(birth: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birth.slice(0, 4));
  return date.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** A stretch of days, both ends counted. */
export type Span = { readonly from: string; readonly to: string };

/** Full months and the days left over. */
export type Duration = { readonly months: number; readonly days: number };

/** The later and the earlier of two dates. */
const later = (a: string, b: string): string => (a < b ? b : a);
const earlier = (a: string, b: string): string => (b < a ? b : a);

/** Spans without overlaps, in order; those that meet without a free day between become one. Reversed ones are dropped. */
export function union(spans: readonly Span[]): Span[] {
  const inOrder = spans.filter(({ from, to }) => from <= to).sort((a, b) => (a.from < b.from ? -1 : 1));
  const merged: Span[] = [];
  for (const span of inOrder) {
    const last = merged.at(-1);
    if (last && dayNumber(span.from) <= dayNumber(last.to) + 1) {
      merged[merged.length - 1] = { from: last.from, to: later(span.to, last.to) };
    } else {
      merged.push({ from: span.from, to: span.to });
    }
  }
  return merged;
}

/** Length of one span: 2025-03-01 to 2026-02-28 is 12 months. */
function lengthOf({ from, to }: Span): Duration {
  const end = dayNumber(to) + 1;
  let months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1) * 12;
  while (dayNumber(addMonths(from, months)) > end) months -= 1;
  return { months, days: end - dayNumber(addMonths(from, months)) };
}

/**
 * Length of several spans together, between two dates (both counted): overlaps count once, the days left over of each
 * stretch add up, and 30 of them make a month. One stretch alone counts by the calendar.
 */
export function totalLength(spans: readonly Span[], until: string, since = '0000-01-01'): Duration {
  const clipped = spans.map(({ from, to }) => ({ from: later(from, since), to: earlier(to, until) }));
  const lengths = union(clipped).map(lengthOf);
  const [only] = lengths;
  if (only && lengths.length === 1) return only;
  const days = lengths.reduce((sum, length) => sum + length.days, 0);
  const months = lengths.reduce((sum, length) => sum + length.months, 0);
  return { months: months + Math.floor(days / 30), days: days % 30 };
}

/** Whether two of the spans share a day. */
export function overlap(spans: readonly Span[]): boolean {
  return spans.some((a, index) => spans.slice(index + 1).some((b) => a.from <= b.to && b.from <= a.to));
}
