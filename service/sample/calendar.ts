/** Calendar dates without zone (`1994-05-31`), as in the form; arithmetic in UTC. */

const DAY = 86_400_000;

const text = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The parts of a date; `month` from 1. */
export function parts(date: string): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** The date of year, month (from 1, may run over) and day; a day past the month's end becomes its last day. */
export function dateOf(year: number, month: number, day: number): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return text(Date.UTC(year, month - 1, Math.min(day, last)));
}

export function addDays(date: string, days: number): string {
  return text(Date.parse(date) + days * DAY);
}

export function addMonths(date: string, months: number): string {
  const { year, month, day } = parts(date);
  return dateOf(year, month + months, day);
}

export function addYears(date: string, years: number): string {
  return addMonths(date, years * 12);
}

/** Whole days from `from` to `to`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** Completed years at a date. */
export function ageAt(birth: string, date: string): number {
  const years = parts(date).year - parts(birth).year;
  return date.slice(5) < birth.slice(5) ? years - 1 : years;
}

export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);

/** `2024年3月5日`, as papers print it. */
export function chinese(date: string): string {
  const { year, month, day } = parts(date);
  return `${year}年${month}月${day}日`;
}

/** `2024年3月` */
export function chineseMonth(date: string): string {
  const { year, month } = parts(date);
  return `${year}年${month}月`;
}

/** `2024.03.05`, as ID cards print it. */
export function dotted(date: string): string {
  return date.replaceAll('-', '.');
}

const NUMERALS = '〇一二三四五六七八九';

/** `二〇二四年三月五日`, as certificates print it. */
export function formal(date: string): string {
  const { year, month, day } = parts(date);
  const numeral = (n: number) =>
    n < 10
      ? NUMERALS.charAt(n)
      : `${n < 20 ? '' : NUMERALS.charAt(Math.floor(n / 10))}十${n % 10 === 0 ? '' : NUMERALS.charAt(n % 10)}`;
  const digits = [...String(year)].map((digit) => NUMERALS.charAt(Number(digit))).join('');
  return `${digits}年${numeral(month)}月${numeral(day)}日`;
}
