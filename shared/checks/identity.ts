import type { Form } from '../form.ts';
import { addMonths, ageOn, compactDate } from './calendar.ts';
import type { Check } from './check.ts';
import { type FormContext, outcomes } from './finding.ts';
import { regionKind } from './regions.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const DIGITS = '10X98765432';
const RESIDENT = /^[1-9]\d{16}[\dX]$/;

/** Check digit (`0`–`9`, `X`) to the first 17 digits of a citizen identity number (GB 11643, ISO 7064 MOD 11-2). */
export function idCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return DIGITS[sum % 11] ?? '';
}

/** Parts of an 18-digit identity number, not yet judged; `null` when it isn't of that form. */
export type IdParts = {
  readonly region: string;
  /** ISO date; `null` where the digits are no day of the calendar. */
  readonly birth: string | null;
  readonly sex: Form['sex'];
  readonly digit: string;
  readonly expected: string;
};

/** Takes an 18-digit identity number apart (GB 11643); also the number of a 港澳台居民居住证. */
export function parseId(number: string): IdParts | null {
  if (!RESIDENT.test(number)) return null;
  return {
    region: number.slice(0, 6),
    birth: compactDate(number.slice(6, 14)),
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
    digit: number.slice(17),
    expected: idCheckDigit(number),
  };
}

/** Whether the document carries an 18-digit identity number. */
export function hasIdentityNumber(type: Form['idType']): boolean {
  return type === 'resident' || type === 'temporary' || type === 'hmt_residence';
}

/** Forms of the other documents' numbers (domain §6): `usual` passes, `older` is a warning, all else fails. */
const OTHER_NUMBERS = {
  hm_permit: { usual: /^[HM]\d{8}(\d{2})?$/, older: /^[A-Z0-9()]{8,11}$/i },
  tw_permit: { usual: /^\d{8}$/, older: /^[A-Z0-9()]{8,13}$/i },
  passport: { usual: /^[A-Z0-9]{6,12}$/, older: /^[A-Z0-9-]{6,20}$/i },
} as const;

function numberLength({ form }: FormContext): Check {
  const { idType, idNumber } = form;
  const { passed, warning, failed } = outcomes('id.length', 'idNumber');
  const facts = { context: idType, length: idNumber.length };
  if (idType === 'resident' || idType === 'temporary' || idType === 'hmt_residence') {
    return RESIDENT.test(idNumber) ? passed({ length: 18 }) : failed({ length: idNumber.length }, 'I03');
  }
  const { usual, older } = OTHER_NUMBERS[idType];
  if (usual.test(idNumber)) return passed({ length: idNumber.length });
  return older.test(idNumber) ? warning(facts) : failed(facts, 'I03');
}

function checkDigit({ digit, expected }: IdParts): Check {
  const { passed, failed } = outcomes('id.digit', 'idNumber');
  return digit === expected ? passed() : failed({ found: digit, expected }, 'I03');
}

function region({ region: code }: IdParts, { form, policy }: FormContext): Check {
  const { passed, warning, failed } = outcomes('id.region', 'idNumber');
  const kind = regionKind(code, policy.knownRegions);
  if (form.idType === 'hmt_residence') {
    return kind === 'hmt' ? passed({ region: code }) : failed({ context: 'residence', region: code }, 'I03');
  }
  if (kind === 'hmt') return warning({ context: 'hmt', region: code });
  return kind === 'known' ? passed({ region: code }) : warning({ region: code });
}

function birth(parts: IdParts, { form, today }: FormContext): Check {
  const { passed, failed } = outcomes('id.birth', 'birthDate');
  if (parts.birth === null || parts.birth > today || parts.birth < '1900-01-01') {
    return failed({ context: 'invalid' }, 'I03');
  }
  return parts.birth === form.birthDate
    ? passed({ inNumber: parts.birth })
    : failed({ inNumber: parts.birth, inForm: form.birthDate }, 'I03');
}

function sex(parts: IdParts, { form }: FormContext): Check {
  const { passed, failed } = outcomes('id.sex', 'sex');
  return parts.sex === form.sex ? passed() : failed({ context: parts.sex }, 'I03');
}

/** The day until which the document must hold: the end of the exam, or of what the policy counts for it. */
const examEnd = ({ policy }: FormContext): string => policy.examUntil ?? policy.probationUntil;

function validity(context: FormContext): Check {
  const { form, today } = context;
  const { passed, warning, failed } = outcomes('id.validity', 'idValidTo');
  const { idValidFrom: from, idValidTo: to } = form;
  if (to !== null && to < from) return failed({ context: 'order', from, to });
  if (from > today) return warning({ context: 'future', from });
  if (to === null) return passed({ context: 'permanent' });
  if (to < today) return failed({ to, today }, 'T01');
  const exam = examEnd(context);
  return to < exam ? warning({ to, exam }) : passed({ to });
}

/**
 * Months that a document is valid for, `null` = 长期: 居民身份证法 Art. 5 by age at issue; three months for a temporary
 * card and five years for a residence permit (their regulations).
 */
function termOf(type: Form['idType'], age: number): number | null {
  if (type === 'temporary') return 3;
  if (type === 'hmt_residence') return 60;
  if (age < 16) return 60;
  if (age <= 25) return 120;
  return age <= 45 ? 240 : null;
}

function term(born: string, { form }: FormContext): Check | null {
  const { passed, warning } = outcomes('id.term', 'idValidFrom');
  const { idType, idValidFrom: from, idValidTo: to } = form;
  if (from < born || (to !== null && to < from)) return null;
  const age = ageOn(born, from);
  const months = termOf(idType, age);
  if (months === null) {
    return to === null ? passed({ context: 'permanent', age }) : warning({ context: 'permanent', age });
  }
  const unit = months % 12 === 0 ? { years: months / 12 } : { context: 'months', months };
  if (to === null) return warning({ age, ...unit });
  const end = addMonths(from, months);
  // Cards issued on 29 February end on the last of February or on 1 March.
  const ends = from.endsWith('-02-29') ? [end, `${end.slice(0, 4)}-03-01`] : [end];
  return ends.includes(to) ? passed({ age, ...unit }) : warning({ age, ...unit });
}

/**
 * The identity document against itself and the form (GB 11643, domain §6). What cannot be read from a malformed number
 * is not checked; the number itself then fails `id.length`. No fact holds the number.
 */
export function identityChecks(context: FormContext): Check[] {
  const { form } = context;
  const length = numberLength(context);
  const parts = hasIdentityNumber(form.idType) ? parseId(form.idNumber) : null;
  if (!parts) return [length, validity(context)];
  const terms = term(parts.birth ?? form.birthDate, context);
  return [
    length,
    checkDigit(parts),
    region(parts, context),
    birth(parts, context),
    sex(parts, context),
    validity(context),
    ...(terms ? [terms] : []),
  ];
}
