import type { Form } from '../../shared/form.ts';
import { addDays, addMonths, addYears, ageAt, dateOf, earlier, later, parts } from './calendar.ts';
import { education, type Studies, schooling } from './education.ts';
import { inventName, inventSigner } from './names.ts';
import { assistantCertificate, assistantLicence, idNumber } from './numbers.ts';
import { classCodeOf, fieldOf, type Institution, otherInstitution, pickInstitution, REGIONS } from './places.ts';
import { idTypeOf, type Profile } from './profiles.ts';
import { type Random, stream } from './random.ts';

/** A time at an employer, as its certificate tells it. */
export type Stint = {
  readonly unit: Institution;
  readonly post: string;
  readonly tutor: string;
  readonly from: string;
  readonly to: string;
};

/** The truth about a candidate, from which form and papers are made; they disagree only where a defect is planted. */
export type Dossier = Profile & {
  readonly index: number;
  readonly today: string;
  readonly registrationNumber: string;
  readonly name: string;
  readonly sex: Form['sex'];
  readonly birthDate: string;
  readonly ethnicity: string;
  /** Seed of the face, the same on every portrait. */
  readonly face: number;
  readonly idType: Form['idType'];
  readonly idNumber: string;
  readonly idValidFrom: string;
  readonly idValidTo: string | null;
  readonly place: string;
  readonly address: string;
  readonly classCode: string;
  readonly studies: Studies;
  /** The college years before a 专升本. */
  readonly college?: Studies;
  readonly employer: Institution;
  readonly probation: readonly Stint[];
  readonly practice: readonly Stint[];
  /** Date on the certificates of probation or practice. */
  readonly certifiedOn: string;
  /** Degree verification (备案表): last day of its validity. */
  readonly verifiedUntil: string;
  readonly verificationCode: string;
  readonly assistantCertificate?: string;
  readonly assistantLicence?: string;
  readonly firstRegistered?: string;
  readonly apprenticeCertificate?: string;
  readonly foreignDegreeCertificate?: string;
};

const ETHNICITIES = [...'汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉汉回满壮', '蒙古', '维吾尔', '苗'];

function ethnicityOf(profile: Profile, idType: Form['idType'], random: Random): string {
  if (profile.class === 'ethnic') return '藏';
  if (idType === 'passport') return '';
  return idType === 'resident' ? random.pick(ETHNICITIES) : '汉';
}

/** Validity of a resident card by the age at issue: 5, 10, 20 years, or 长期 (domain §6). */
export function validUntil(birthDate: string, from: string): string | null {
  const age = ageAt(birthDate, from);
  if (age >= 46) return null;
  return addYears(from, age < 16 ? 5 : age < 26 ? 10 : 20);
}

/** When the document was issued and until when it holds: beyond this year's exam, and for another 200 days. */
function validity(idType: Form['idType'], birthDate: string, today: string, random: Random) {
  const fixed = idType === 'resident' ? 0 : idType === 'hmt_residence' || idType === 'tw_permit' ? 5 : 10;
  const least = later(addDays(today, 200), dateOf(parts(today).year, 12, 31));
  for (;;) {
    const from = addDays(today, -random.int(40, fixed === 5 ? 1400 : 3200));
    const to = fixed === 0 ? validUntil(birthDate, from) : addYears(from, fixed);
    if (to === null || to > least) return { from, to };
  }
}

function documentNumber(
  idType: Form['idType'],
  person: { region: string; birthDate: string; sex: Form['sex'] },
  random: Random,
): string {
  switch (idType) {
    case 'resident':
    case 'temporary':
      return idNumber(person, random);
    case 'hmt_residence':
      return idNumber({ ...person, region: random.pick(['810000', '820000', '830000']) }, random);
    case 'hm_permit':
      return `H99${random.digits(6)}`;
    case 'tw_permit':
      return `99${random.digits(6)}`;
    case 'passport':
      return `SP99${random.digits(5)}`;
  }
}

/** Splits a time into one or two employers without a gap that would cost a month. */
function stints(
  span: { from: string; to: string },
  profile: Profile,
  employer: Institution,
  random: Random,
  twice: boolean,
): Stint[] {
  const { posts } = fieldOf(profile.class);
  const stint = (unit: Institution, from: string, to: string): Stint => ({
    unit,
    post: random.pick(posts),
    tutor: inventSigner(random),
    from,
    to,
  });
  if (!twice) return [stint(employer, span.from, span.to)];
  const middle = addMonths(span.from, random.int(5, 7));
  const first = pickInstitution(random, profile.class === 'ethnic' ? 'tcm' : profile.class, employer.name);
  return [stint(first, span.from, addDays(middle, -1)), stint(employer, middle, span.to)];
}

/** The time of supervised work that counts for this year: at least twelve months before the cut-off. */
function probationSpan(profile: Profile, today: string, twice: boolean, random: Random) {
  const { year } = parts(today);
  const cutOff = dateOf(year, 8, 31);
  if (profile.paths.includes('fresh')) {
    return { from: addDays(dateOf(year - 1, 7, 5), random.int(0, 40)), to: cutOff };
  }
  const to = addDays(earlier(today, cutOff), -random.int(1, 25));
  return { from: addDays(addMonths(to, -12), -random.int(twice ? 75 : 12, 480)), to };
}

function practiceSpan(profile: Profile, today: string, random: Random) {
  const years = profile.education === 'none' || profile.education === 'secondary' ? 5 : 2;
  const to = addDays(earlier(today, dateOf(parts(today).year, 8, 31)), -random.int(1, 25));
  return { from: addDays(addYears(to, -years), -random.int(40, 700)), to };
}

function birth(profile: Profile, graduated: string | null, today: string, random: Random): string {
  const age = { none: 0, secondary: 19, college: 21, bachelor: 23, master: 26, doctor: 29 }[profile.education];
  const year = graduated === null ? parts(today).year - random.int(33, 52) : parts(graduated).year - age;
  return dateOf(year - random.int(0, 1), random.int(1, 12), random.int(1, 31));
}

/**
 * Draws one candidate. Depends on nothing but seed, index and day, so that a small district is the beginning of a
 * larger one. `today` is a calendar date; all other dates follow from it.
 */
export function dossierOf(seed: number, index: number, today: string, profile: Profile, site: string): Dossier {
  const random = stream(seed, 'candidate', index);
  const up = profile.paths.includes('assistant_up');
  const apprentice = profile.paths.includes('apprentice');
  const twice = random.chance(0.2);
  const span = up ? practiceSpan(profile, today, random) : probationSpan(profile, today, twice, random);
  const employer = pickInstitution(random, profile.class);
  const worked = stints(span, profile, employer, random, twice);
  const started = up ? addMonths(span.from, -random.int(13, 20)) : span.from;
  const studied = schooling(profile, started, parts(today).year, random);
  const studies = education(profile, studied, random);
  const sex = random.pick(['male', 'female'] as const);
  const birthDate = birth(profile, studies.graduated, today, random);
  const idType = idTypeOf(profile, random);
  const region = random.pick(REGIONS);
  const ethnicity = ethnicityOf(profile, idType, random);
  const number = documentNumber(idType, { region: region.code, birthDate, sex }, random);
  const valid = validity(idType, birthDate, today, random);
  const { digits } = fieldOf(profile.class);
  const year = parts(today).year;
  return {
    ...profile,
    index,
    today,
    registrationNumber: `${year}${site}${String(index + 1).padStart(5, '0')}`,
    name: inventName(random, idType === 'passport' ? '外' : ethnicity),
    sex,
    birthDate,
    ethnicity,
    face: random.int(0, 0x7fffffff),
    idType,
    idNumber: number,
    idValidFrom: valid.from,
    idValidTo: valid.to,
    place: region.place,
    address: `${region.place}${random.pick(['样本街道', '测试路', '示范村', '模拟大街'])}${random.int(1, 399)}号${random.int(1, 18)}栋${random.int(101, 1802)}室`,
    classCode: classCodeOf(profile.level, profile.class, apprentice),
    studies,
    ...(profile.paths.includes('college_up') ? { college: before(profile, studies, random) } : {}),
    employer,
    probation: up ? [] : worked,
    practice: up ? worked : [],
    certifiedOn: earlier(
      today,
      later(dateOf(year, 1, 1), addDays(earlier(span.to, addDays(today, -16)), random.int(1, 14))),
    ),
    verifiedUntil: addDays(today, random.int(45, 160)),
    verificationCode: Array.from({ length: 16 }, () => '23456789ABCDEFGHJKLMNPQRTUVWXY'.charAt(random.int(0, 29))).join(
      '',
    ),
    ...(up
      ? {
          assistantCertificate: assistantCertificate(parts(span.from).year - 1, digits, number),
          assistantLicence: assistantLicence(digits, employer.region, random),
          firstRegistered: span.from,
        }
      : {}),
    ...(apprentice ? { apprenticeCertificate: `${parts(started).year - 1}99${random.digits(8)}` } : {}),
    ...(profile.paths.includes('overseas') ? { foreignDegreeCertificate: `教留服认样${random.digits(8)}号` } : {}),
  };
}

function before(profile: Profile, studies: Studies, random: Random): Studies {
  const college: Profile = { ...profile, education: 'college', paths: ['past'] };
  return education(college, studies.enrolled && dateOf(parts(studies.enrolled).year, 6, random.int(20, 30)), random);
}

/** Whether another employer's papers would be noticed: any institution that the candidate never worked at. */
export function strangerTo(dossier: Dossier, random: Random): Institution {
  const known = [...dossier.probation, ...dossier.practice].map(({ unit }) => unit.name);
  return otherInstitution(random, [...known, dossier.employer.name]);
}
