import type { Form } from '../form.ts';
import type { Check } from './check.ts';
import { classOfCode } from './class.ts';
import { type FormContext, outcomes } from './finding.ts';
import { hasIdentityNumber } from './identity.ts';
import { isProvince } from './regions.ts';

const UNIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character to the first 17 of a 统一社会信用代码 (GB 32100, MOD 31-3); `null` when one is not of the alphabet. */
export function unitCheckCharacter(first17: string): string | null {
  let sum = 0;
  let weight = 1;
  for (const character of first17.slice(0, 17)) {
    const value = UNIT_ALPHABET.indexOf(character);
    if (value < 0) return null;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return UNIT_ALPHABET[(31 - (sum % 31)) % 31] ?? null;
}

/** 统一社会信用代码 of the employer. Soldiers' and foreign employers have none. */
export function employerCode({ form }: FormContext): Check | null {
  const { passed, warning, failed } = outcomes('employer.code', 'employerCode');
  const code = form.employerCode;
  if (code === '') {
    const without = form.employer === '' || ['military', 'hmt', 'foreign'].some((path) => hasPath(form, path));
    return without ? null : warning({ context: 'empty' });
  }
  if (code.length !== 18) return failed({ context: 'length', length: code.length }, 'I05');
  const expected = unitCheckCharacter(code);
  if (expected === null) return failed({ context: 'alphabet' }, 'I05');
  const found = code.slice(17);
  return found === expected ? passed() : failed({ found, expected }, 'I05');
}

const hasPath = (form: Form, path: string): boolean => form.paths.some((own) => own === path);

/** Year from which the numbers of higher-education diplomas follow the national scheme (EDU). */
const SCHEME_FROM = '2001-01-01';
const TYPES: Readonly<Record<string, string>> = { '5': 'adult', '6': 'self', '7': 'online' };
const LEVELS: Readonly<Record<string, Form['education']>> = {
  '01': 'doctor',
  '02': 'master',
  '04': 'bachelor',
  '05': 'bachelor',
  '06': 'college',
};

function diplomaSegments({ form }: FormContext): Check[] {
  const number = form.diplomaNumber;
  const type = number.slice(5, 6);
  const year = number.slice(6, 10);
  const level = number.slice(10, 12);
  const types = outcomes('diploma.type', 'diplomaNumber');
  const years = outcomes('diploma.year', 'graduationDate');
  const levels = outcomes('diploma.level', 'education');
  const kind = TYPES[type];
  // Accepted where the candidate already is an assistant (domain §3), so there is nothing to suggest then.
  const refusal = hasPath(form, 'assistant_up') ? undefined : ('E03' as const);
  const regular = types.passed(type === '1' ? { type } : { context: 'other', type });
  const checks = [kind === undefined ? regular : types.warning({ context: kind, type }, refusal)];
  if (form.graduationDate !== null) {
    const graduated = form.graduationDate.slice(0, 4);
    const facts = { year, graduated };
    checks.push(year === graduated ? years.passed(facts) : years.warning(facts, 'I04'));
  }
  const meant = LEVELS[level];
  if (meant === undefined) checks.push(levels.warning({ context: 'unknown', level }));
  else if (meant === form.education) checks.push(levels.passed({ level }));
  else checks.push(levels.warning({ context: meant, level }, 'I04'));
  return checks;
}

/** 毕业证书编号: school 5, type 1, year 4, level 2, serial 6 (some 5); `length` fails, segments only warn (domain §6). */
export function diplomaChecks(context: FormContext): Check[] {
  const { diplomaNumber: number, education, graduationDate, paths } = context.form;
  if (education === 'none' || paths.includes('overseas')) return [];
  const { passed, warning, failed } = outcomes('diploma.number', 'diplomaNumber');
  if (number === '') return [failed({ context: 'empty' }, 'I04')];
  const scheme = education !== 'secondary' && (graduationDate === null || graduationDate >= SCHEME_FROM);
  if (!scheme) return [passed({ context: 'old' })];
  const facts = { length: number.length };
  if (!/^\d+$/.test(number)) return [failed({ context: 'characters' }, 'I04')];
  if (number.length === 17 || number.length === 18) return [passed(facts), ...diplomaSegments(context)];
  // 自考 numbers differ, some have 16 digits.
  return [number.length === 16 ? warning({ context: 'self', ...facts }) : failed(facts, 'I04')];
}

/** The 15-digit number that was in use before an 18-digit one. */
const oldId = (id: string): string => id.slice(0, 6) + id.slice(8, 17);

/** 医师资格证书编码: year 4, province 2, level 1, class 2, ID 18 (15 in old ones); wrong length fails, segments warn (C27). */
export function certificateChecks({ form, policy, today }: FormContext): Check[] {
  if (!hasPath(form, 'assistant_up')) return [];
  const { passed, warning, failed } = outcomes('certificate.code', 'assistantCertificate');
  const ids = outcomes('certificate.id', 'assistantCertificate');
  const code = form.assistantCertificate ?? '';
  if (code === '') return [failed({ context: 'empty' }, 'I11')];
  if (code.length !== 27 && code.length !== 24) return [failed({ length: code.length }, 'I11')];
  if (!/^\d{9}[\dX]+$/.test(code)) return [failed({ context: 'characters' }, 'I11')];
  const year = code.slice(0, 4);
  const embedded = code.slice(9);
  const own = code.length === 27 ? form.idNumber : oldId(form.idNumber);
  const idCheck = embedded === own ? ids.passed() : ids.failed({}, 'I11');
  const checks = hasIdentityNumber(form.idType) ? [idCheck] : [];
  // The first national exam was held in 1999.
  if (year < '1999' || year > today.slice(0, 4)) return [warning({ context: 'year', year }), ...checks];
  if (!isProvince(code.slice(4, 6), policy.knownRegions)) {
    return [warning({ context: 'province', province: code.slice(4, 6) }), ...checks];
  }
  return [
    levelAndClass(form, code.slice(6, 9), outcomes('certificate.code', 'assistantCertificate')) ?? passed(),
    ...checks,
  ];
}

/** 医师执业证书编码: level 1, class 2, region 6, serial 6; wrong length fails, segments warn (C27). */
export function licenceCode({ form, policy }: FormContext): Check | null {
  if (!hasPath(form, 'assistant_up')) return null;
  const { passed, warning, failed } = outcomes('licence.code', 'assistantLicence');
  const code = form.assistantLicence ?? '';
  if (code === '') return failed({ context: 'empty' }, 'I11');
  if (code.length !== 15) return failed({ length: code.length }, 'I11');
  if (!/^\d{15}$/.test(code)) return failed({ context: 'characters' }, 'I11');
  const place = code.slice(3, 9);
  // Only the province: the authority may be a prefecture or the province itself.
  if (!isProvince(place, policy.knownRegions)) return warning({ context: 'region', region: place });
  return levelAndClass(form, code.slice(0, 3), outcomes('licence.code', 'assistantLicence')) ?? passed();
}

/** Warns where level and class in a certificate's code are not those of an assistant of the class applied for. */
function levelAndClass(form: Form, code: string, { warning }: ReturnType<typeof outcomes>): Check | null {
  if (!code.startsWith('2') && !code.startsWith('4')) return warning({ context: 'level', level: code.slice(0, 1) });
  const meant = classOfCode(code);
  // With training in TCM (西学中) a clinical assistant may go on to 中西医结合.
  const trained = meant === 'clinical' && form.class === 'integrated';
  return meant === null || meant === form.class || trained ? null : warning({ context: 'class', class: meant });
}
