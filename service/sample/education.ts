import { addDays, dateOf, parts } from './calendar.ts';
import { diplomaNumber } from './numbers.ts';
import { fieldOf, pickSchool, type School } from './places.ts';
import type { Profile } from './profiles.ts';
import type { Random } from './random.ts';

/** Years at a school and the diploma that came of them; for 师承 the years with the teacher, without a diploma. */
export type Studies = {
  readonly school: School | null;
  readonly major: string;
  readonly enrolled: string | null;
  readonly graduated: string | null;
  readonly diplomaNumber: string;
  readonly degreeNumber: string;
  readonly years: number;
};

const YEARS = { none: 0, secondary: 3, college: 3, bachelor: 5, master: 3, doctor: 3 } as const;
/** Level segment of the diploma number (domain §6); 中专 has none there, 08 is what the sample schools use. */
const SEGMENT = { none: '', secondary: '08', college: '06', bachelor: '05', master: '02', doctor: '01' } as const;
const NUMERALS = ['', '一', '二', '三', '四', '五'];

/** When the candidate left school: before the work that counts began; last summer for 应届, `null` for 师承. */
export function schooling(profile: Profile, started: string, year: number, random: Random): string | null {
  if (profile.education === 'none') return null;
  if (profile.paths.includes('fresh')) return dateOf(year - 1, 6, random.int(20, 30));
  const latest = parts(started).year - (started.slice(5) >= '07-05' ? 0 : 1);
  return dateOf(latest - random.int(0, 4), 6, random.int(20, 30));
}

/** Draws school, major and the numbers of the diploma for a day of graduation. */
export function education(profile: Profile, graduated: string | null, random: Random): Studies {
  if (graduated === null || profile.education === 'none') {
    return { school: null, major: '', enrolled: null, graduated: null, diplomaNumber: '', degreeNumber: '', years: 0 };
  }
  const overseas = profile.paths.includes('overseas');
  const school = pickSchool(random, profile.education, profile.class, overseas);
  // 专升本 adds two years to a college diploma; the other lengths are those of the direct courses.
  const years = profile.paths.includes('college_up') ? 2 : YEARS[profile.education];
  const { year } = parts(graduated);
  const rural = profile.class === 'rural' && profile.education === 'college';
  return {
    school,
    major: rural ? '临床医学' : fieldOf(profile.class).major,
    enrolled: addDays(dateOf(year - years, 9, 1), random.int(0, 5)),
    graduated,
    diplomaNumber: diplomaNumber(school.code, year, SEGMENT[profile.education], random),
    degreeNumber: `${school.code}4${year}${random.digits(6)}`,
    years,
  };
}

/** `五`: the length of a course as diplomas print it. */
export function yearsText(years: number): string {
  return NUMERALS[years] ?? String(years);
}
