import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../shared/checks/check.ts';
import { idCheckDigit, identityChecks, parseId } from '../../../../shared/checks/identity.ts';
import type { Form } from '../../../../shared/form.ts';
import { identities } from '../../../factories/arbitraries.ts';
import { form, identityNumber, policy, TODAY } from '../../../factories/submission.ts';

const EXAMPLE = '11010519491231002X';

function check(id: Check['id'], overrides: Partial<Form>, today = TODAY): Check | undefined {
  return identityChecks({ form: form(overrides), policy: policy(), today }).find((one) => one.id === id);
}

describe('identity number (GB 11643)', () => {
  it('takes the example of the standard apart', () => {
    expect(parseId(EXAMPLE)).toEqual({
      region: '110105',
      birth: '1949-12-31',
      sex: 'female',
      digit: 'X',
      expected: 'X',
    });
  });

  it.each([
    ['11010519491231002', 'seventeen digits'],
    ['110105491231002', 'the old fifteen'],
    ['01010519491231002X', 'begins with 0'],
    ['11010519491231002x', 'small x'],
    ['1101051949123100２X', 'full-width digit'],
    ['11010519491231002XX', 'nineteen'],
    ['', 'empty'],
  ])('refuses %s (%s)', (number) => {
    expect(parseId(number)).toBeNull();
    expect(check('id.length', { idNumber: number })).toMatchObject({
      status: 'failed',
      reason: 'I03',
      facts: { length: number.length },
    });
    expect(check('id.digit', { idNumber: number })).toBeUndefined();
  });

  it('has the digit of ISO 7064 MOD 11-2, reckoned digit by digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{17}$/), (first17) => {
        const sum = [...first17].reduce((product, digit) => ((product + Number(digit)) * 2) % 11, 0);
        expect(idCheckDigit(first17)).toBe('0123456789X'[(12 - sum) % 11]);
      }),
    );
  });

  it('accepts every number that was made right', () => {
    fc.assert(
      fc.property(identities, ({ number, birth, sex }) => {
        const checks = identityChecks({
          form: form({ idNumber: number, birthDate: birth, sex }),
          policy: policy(),
          today: TODAY,
        });
        const ofNumber = checks.filter(({ id }) => !['id.term', 'id.validity'].includes(id));
        expect(ofNumber.map(({ id, status }) => [id, status])).toEqual(
          ['id.length', 'id.digit', 'id.region', 'id.birth', 'id.sex'].map((id) => [id, 'passed']),
        );
      }),
    );
  });

  it('notices any change of one digit', () => {
    fc.assert(
      fc.property(
        identities,
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        ({ number }, at, step) => {
          const other = (Number(number[at]) + step) % 10;
          const changed = `${number.slice(0, at)}${other}${number.slice(at + 1)}`;
          expect(idCheckDigit(changed)).not.toBe(number[17]);
        },
      ),
    );
  });

  it('notices two neighbours changing places', () => {
    fc.assert(
      fc.property(identities, fc.integer({ min: 0, max: 15 }), ({ number }, at) => {
        const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
        fc.pre(swapped !== number);
        expect(idCheckDigit(swapped)).not.toBe(number[17]);
      }),
    );
  });

  it('names the digit that is right and the one that stands', () => {
    expect(check('id.digit', { idNumber: '110105194912310021' })).toMatchObject({
      status: 'failed',
      reason: 'I03',
      facts: { found: '1', expected: 'X' },
    });
  });

  it('never puts the number into a fact', () => {
    fc.assert(
      fc.property(identities, ({ number }) => {
        const checks = identityChecks({ form: form({ idNumber: number }), policy: policy(), today: TODAY });
        expect(JSON.stringify(checks)).not.toContain(number);
      }),
    );
  });
});

describe('region', () => {
  it.each([
    ['110105', 'passed'],
    ['441900', 'passed'],
    ['990101', 'passed'],
    ['990102', 'warning'],
    ['160101', 'warning'],
    ['110000', 'warning'],
  ])('%s: %s', (region, status) => {
    const idNumber = identityNumber('1998-05-31', 'male', region);
    expect(check('id.region', { idNumber })).toMatchObject({ status, facts: { region } });
  });

  it('knows the provinces of GB/T 2260, and no others', () => {
    const known = Array.from({ length: 90 }, (_, index) => `${index + 10}`).filter(
      (province) =>
        check('id.region', { idNumber: identityNumber('1998-05-31', 'male', `${province}0101`) })?.status === 'passed',
    );
    expect(known.join(' ')).toBe(
      '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 99',
    );
  });

  it('knows the prefixes of residence permits, and only for them', () => {
    const permit = (region: string): Partial<Form> => ({
      idType: 'hmt_residence',
      idNumber: identityNumber('1998-05-31', 'male', region),
    });
    for (const region of ['810000', '820000', '830000']) {
      expect(check('id.region', permit(region))?.status).toBe('passed');
      expect(check('id.region', { ...permit(region), idType: 'resident' })).toMatchObject({
        status: 'warning',
        facts: { context: 'hmt' },
      });
    }
    expect(check('id.region', permit('110105'))).toMatchObject({ status: 'failed', reason: 'I03' });
  });
});

describe('birth date and sex', () => {
  it('compares both with the form', () => {
    expect(check('id.birth', { birthDate: '1998-05-30' })).toMatchObject({
      status: 'failed',
      field: 'birthDate',
      reason: 'I03',
      facts: { inNumber: '1998-05-31', inForm: '1998-05-30' },
    });
    expect(check('id.sex', { sex: 'female' })).toMatchObject({
      status: 'failed',
      field: 'sex',
      facts: { context: 'male' },
    });
  });

  it.each(['1998-02-29', '1998-06-31', '1998-13-01', '1998-00-10', '1899-12-31', '2026-03-11'])(
    'refuses %s as a day of birth',
    (birth) => {
      expect(check('id.birth', { idNumber: identityNumber(birth), birthDate: '1998-05-31' })).toMatchObject({
        status: 'failed',
        facts: { context: 'invalid' },
      });
    },
  );

  it.each(['1900-01-01', TODAY])('accepts %s', (birthDate) => {
    expect(check('id.birth', { idNumber: identityNumber(birthDate), birthDate })?.status).toBe('passed');
  });

  it('accepts 29 February of a leap year', () => {
    expect(check('id.birth', { idNumber: identityNumber('1996-02-29'), birthDate: '1996-02-29' })?.status).toBe(
      'passed',
    );
  });
});

describe('numbers of other documents', () => {
  it.each([
    ['hm_permit', 'H12345678', 'passed'],
    ['hm_permit', 'M1234567801', 'passed'],
    ['hm_permit', 'A123456(7)', 'warning'],
    ['hm_permit', 'H123456789', 'warning'],
    ['hm_permit', 'H12345678901', 'failed'],
    ['hm_permit', 'H1234', 'failed'],
    ['tw_permit', '12345678', 'passed'],
    ['tw_permit', 'A123456789', 'warning'],
    ['tw_permit', '1234567', 'failed'],
    ['passport', 'X1234567', 'passed'],
    ['passport', 'X12345678901', 'passed'],
    ['passport', 'X123456789012', 'warning'],
    ['passport', 'X12345', 'passed'],
    ['passport', 'X 1234567', 'failed'],
    ['passport', 'X1234', 'failed'],
    ['passport', 'AB-1234567', 'warning'],
  ] as const)('%s %s: %s', (idType, idNumber, status) => {
    const found = check('id.length', { idType, idNumber });
    expect(found?.status).toBe(status);
    expect(found?.reason).toBe(status === 'failed' ? 'I03' : undefined);
    expect(check('id.digit', { idType, idNumber })).toBeUndefined();
  });
});

describe('validity', () => {
  const valid = (idValidFrom: string, idValidTo: string | null, today = TODAY) =>
    check('id.validity', { idValidFrom, idValidTo }, today);

  it('holds on its last day and has expired on the next', () => {
    expect(valid('2016-03-10', '2026-03-10', '2026-03-10')?.status).toBe('warning');
    expect(valid('2016-03-10', '2026-03-10', '2026-03-11')).toMatchObject({
      status: 'failed',
      reason: 'T01',
      facts: { to: '2026-03-10' },
    });
  });

  it('warns when it ends before the exam is over', () => {
    expect(valid('2016-08-30', '2026-08-30')).toMatchObject({
      status: 'warning',
      facts: { to: '2026-08-30', exam: '2026-08-31' },
    });
    expect(valid('2016-08-31', '2026-08-31')?.status).toBe('passed');
    const own = identityChecks({
      form: form({ idValidFrom: '2016-08-31', idValidTo: '2026-08-31' }),
      policy: policy({ examUntil: '2026-11-15' }),
      today: TODAY,
    });
    expect(own.find(({ id }) => id === 'id.validity')?.status).toBe('warning');
  });

  it('knows 长期, a date that lies ahead, and reversed dates', () => {
    expect(valid('2010-01-01', null)).toMatchObject({ status: 'passed', facts: { context: 'permanent' } });
    expect(valid('2026-03-11', '2036-03-11')).toMatchObject({ status: 'warning', facts: { context: 'future' } });
    expect(valid('2020-01-01', '2010-01-01')).toMatchObject({ status: 'failed', facts: { context: 'order' } });
  });
});

describe('term by age at issue (居民身份证法 Art. 5)', () => {
  const term = (birth: string, from: string, to: string | null, idType: Form['idType'] = 'resident') =>
    check('id.term', {
      idType,
      birthDate: birth,
      idNumber: identityNumber(birth),
      idValidFrom: from,
      idValidTo: to,
    });

  it.each([
    ['2000-05-10', '2016-05-09', '2021-05-09', 'passed', 15],
    ['2000-05-10', '2016-05-10', '2026-05-10', 'passed', 16],
    ['2000-05-10', '2016-05-10', '2021-05-10', 'warning', 16],
    ['1990-05-10', '2016-05-09', '2026-05-09', 'passed', 25],
    ['1990-05-10', '2016-05-10', '2036-05-10', 'passed', 26],
    ['1970-05-10', '2016-05-09', '2036-05-09', 'passed', 45],
    ['1970-05-10', '2016-05-10', null, 'passed', 46],
    ['1970-05-10', '2016-05-10', '2036-05-10', 'warning', 46],
    ['1990-05-10', '2016-05-10', null, 'warning', 26],
    ['1990-05-10', '2012-02-29', '2022-02-28', 'passed', 21],
    ['1990-05-10', '2012-02-29', '2022-03-01', 'passed', 21],
    ['1990-05-10', '2012-03-05', '2022-03-06', 'warning', 21],
  ] as const)('born %s, %s to %s: %s', (birth, from, to, status, age) => {
    expect(term(birth, from, to)).toMatchObject({ status, field: 'idValidFrom', facts: { age } });
  });

  it('takes three months for a temporary card and five years for a residence permit', () => {
    expect(term('1990-05-10', '2026-02-01', '2026-05-01', 'temporary')?.status).toBe('passed');
    expect(term('1990-05-10', '2026-02-01', '2036-02-01', 'temporary')?.status).toBe('warning');
    expect(term('1990-05-10', '2022-02-01', '2027-02-01', 'hmt_residence')?.status).toBe('passed');
  });

  it('counts from the day of birth itself', () => {
    expect(term('2020-05-10', '2020-05-10', '2025-05-10')).toMatchObject({ status: 'passed', facts: { age: 0 } });
  });

  it('says nothing where the dates make no sense', () => {
    expect(term('1990-05-10', '1980-01-01', '1990-01-01')).toBeUndefined();
    expect(term('1990-05-10', '2020-01-01', '2010-01-01')).toBeUndefined();
  });
});
