import type { Random } from './random.ts';

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_DIGITS = '10X98765432';
const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Adds the check character to the first 17 digits of a resident ID number (GB 11643). */
export function withIdDigit(digits17: string): string {
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits17[at]), 0);
  return digits17 + ID_DIGITS.charAt(sum % 11);
}

/** The number with another check character than the right one. */
export function withWrongIdDigit(number: string, random: Random): string {
  const wrong = [...'0123456789'].filter((digit) => digit !== number.charAt(17));
  return number.slice(0, 17) + random.pick(wrong);
}

/** A resident ID number (GB 11643): region, birth date, sequence whose last digit tells the sex. */
export function idNumber(
  person: { region: string; birthDate: string; sex: 'male' | 'female' },
  random: Random,
): string {
  const last = random.int(0, 4) * 2 + (person.sex === 'male' ? 1 : 0);
  return withIdDigit(`${person.region}${person.birthDate.replaceAll('-', '')}${random.digits(2)}${last}`);
}

/** A 统一社会信用代码 (GB 32100): authority and kind, region, organisation code (GB 11714), check character. */
export function creditCode(region: string, random: Random): string {
  const body = Array.from({ length: 8 }, () => CODE_ALPHABET.charAt(random.int(0, 9))).join('');
  const organisation = ORGANISATION_WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(body[at]), 0);
  const digit = (11 - (organisation % 11)) % 11;
  const first17 = `12${region}${body}${digit === 10 ? 'X' : digit}`;
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += weight * CODE_ALPHABET.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return first17 + CODE_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** 毕业证书编号, 18 digits: school, type 1 (普通), year, level (01 博 02 硕 05 本 06 专), serial (domain §6). */
export function diplomaNumber(schoolCode: string, year: number, level: string, random: Random): string {
  return `${schoolCode}1${year}${level}${random.digits(6)}`;
}

/** 医师资格证书编码 of an assistant, 27 characters: year, province, level, class, ID number (domain §6). */
export function assistantCertificate(year: number, classDigits: string, id: string): string {
  return `${year}992${classDigits}${id}`;
}

/** 医师执业证书编码 of an assistant, 15 digits: level, class, region, serial (domain §6). */
export function assistantLicence(classDigits: string, region: string, random: Random): string {
  return `2${classDigits}${region}${random.digits(6)}`;
}
