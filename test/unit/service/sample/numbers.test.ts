import { describe, expect, it } from 'vitest';
import {
  creditCode,
  diplomaNumber,
  idNumber,
  withIdDigit,
  withWrongIdDigit,
} from '../../../../service/sample/numbers.ts';
import { stream } from '../../../../service/sample/random.ts';
import { creditCodeHolds, idHolds } from './rules.ts';

describe('resident ID numbers', () => {
  it('end in the check character of the published example', () => {
    expect(withIdDigit('11010519491231002')).toBe('11010519491231002X');
  });

  it('hold, and tell birth and sex', () => {
    for (let seed = 0; seed < 200; seed++) {
      const sex = seed % 2 === 0 ? 'male' : 'female';
      const number = idNumber({ region: '990101', birthDate: '1994-05-31', sex }, stream(seed));
      expect(idHolds(number)).toBe(true);
      expect(number.slice(6, 14)).toBe('19940531');
      expect(Number(number[16]) % 2).toBe(sex === 'male' ? 1 : 0);
      expect(idHolds(withWrongIdDigit(number, stream(seed, 'wrong')))).toBe(false);
    }
  });
});

describe('credit codes', () => {
  it('hold, including that of a published organisation', () => {
    // A published example.
    expect(creditCodeHolds('91350100M000100Y43')).toBe(true);
    for (let seed = 0; seed < 200; seed++) expect(creditCodeHolds(creditCode('990101', stream(seed)))).toBe(true);
  });
});

it('diploma numbers have 18 digits in their segments', () => {
  expect(diplomaNumber('99001', 2020, '05', stream(1))).toMatch(/^990011202005\d{6}$/);
  expect(diplomaNumber('99001', 2020, '05', stream(1))).toHaveLength(18);
});
