import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Check, type CheckId, derive } from '../../../../shared/checks/check.ts';
import { unitCheckCharacter } from '../../../../shared/checks/credentials.ts';
import type { Form } from '../../../../shared/form.ts';
import { assistantForm, form, policy, TODAY } from '../../../factories/submission.ts';

function all(of: Form, today = TODAY): Check[] {
  return derive({ form: of, images: [], facts: [], shared: [], policy: policy(), today });
}
const one = (id: CheckId, of: Form): Check | undefined => all(of).find((check) => check.id === id);

describe('统一社会信用代码 (GB 32100)', () => {
  it('agrees with codes that the standard and public registers give', () => {
    for (const code of ['91350100M000100Y43', '914403001922038216', '9144030071526726XG']) {
      expect(unitCheckCharacter(code)).toBe(code[17]);
    }
  });

  it('notices any change of one character', () => {
    const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
    const character = fc.constantFrom(...alphabet);
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 17, maxLength: 17 }),
        fc.integer({ min: 0, max: 16 }),
        character,
        (first17, at, other) => {
          fc.pre(first17[at] !== other);
          const changed = first17.with(at, other);
          expect(unitCheckCharacter(changed.join(''))).not.toBe(unitCheckCharacter(first17.join('')));
        },
      ),
    );
  });

  it.each([
    ['129901010123456789', 'passed', undefined],
    ['12990101012345678A', 'failed', undefined],
    ['12990101012345678', 'failed', 'length'],
    ['12990101O12345678X', 'failed', 'alphabet'],
    ['', 'warning', 'empty'],
  ])('%s: %s', (employerCode, status, context) => {
    const found = one('employer.code', form({ employerCode }));
    expect(found).toMatchObject({ status, field: 'employerCode', material: 'M10' });
    expect(found?.facts.context).toBe(context);
    expect(found?.reason).toBe(status === 'failed' ? 'I05' : undefined);
  });

  it('does not ask soldiers for one', () => {
    expect(one('employer.code', form({ employerCode: '', paths: ['past', 'military'] }))).toBeUndefined();
  });
});

describe('毕业证书编号', () => {
  const number = (diplomaNumber: string, overrides: Partial<Form> = {}) => form({ diplomaNumber, ...overrides });

  it.each([
    ['999991202405000123', 'passed', undefined],
    ['99999120240500012', 'passed', undefined],
    ['9999912024050001', 'warning', 'self'],
    ['9999912024050001234', 'failed', undefined],
    ['99999120240500012A', 'failed', 'characters'],
    ['', 'failed', 'empty'],
  ])('%s: %s', (diplomaNumber, status, context) => {
    const found = one('diploma.number', number(diplomaNumber));
    expect(found?.status).toBe(status);
    expect(found?.facts.context).toBe(context);
    expect(found?.reason).toBe(status === 'failed' ? 'I04' : undefined);
  });

  it('suggests E03 for adult, self-taught and online education', () => {
    for (const [type, context] of [
      ['5', 'adult'],
      ['6', 'self'],
      ['7', 'online'],
    ]) {
      const found = one('diploma.type', number(`99999${type}202405000123`));
      expect(found).toMatchObject({ status: 'warning', reason: 'E03', facts: { type, context } });
    }
    expect(one('diploma.type', number('999991202405000123'))?.status).toBe('passed');
    expect(one('diploma.type', number('999992202405000123'))).toMatchObject({
      status: 'passed',
      facts: { context: 'other' },
    });
  });

  it('suggests nothing where the candidate already is an assistant', () => {
    const found = one('diploma.type', assistantForm({ diplomaNumber: '999995201906000123' }));
    expect(found?.status).toBe('warning');
    expect(found?.reason).toBeUndefined();
  });

  it('compares year and level with the form', () => {
    expect(one('diploma.year', number('999991202305000123'))).toMatchObject({
      status: 'warning',
      reason: 'I04',
      facts: { year: '2023', graduated: '2024' },
    });
    expect(one('diploma.level', number('999991202406000123'))).toMatchObject({
      status: 'warning',
      reason: 'I04',
      facts: { context: 'college' },
    });
    expect(one('diploma.level', number('999991202409000123'))).toMatchObject({ facts: { context: 'unknown' } });
    for (const [level, education] of [
      ['01', 'doctor'],
      ['02', 'master'],
      ['04', 'bachelor'],
      ['05', 'bachelor'],
      ['06', 'college'],
    ] as const) {
      expect(one('diploma.level', number(`9999912024${level}000123`, { education }))?.status).toBe('passed');
    }
  });

  it('does not hold older or 中专 diplomas to the scheme, nor foreign degrees', () => {
    const old = number('医字第123号', { graduationDate: '1998-06-30' });
    expect(one('diploma.number', old)).toMatchObject({ status: 'passed', facts: { context: 'old' } });
    expect(one('diploma.type', old)).toBeUndefined();
    const since = (graduationDate: string) => one('diploma.number', number('医字第123号', { graduationDate }))?.status;
    expect([since('2000-12-31'), since('2001-01-01')]).toEqual(['passed', 'failed']);
    expect(one('diploma.number', number('1234', { education: 'secondary' }))?.status).toBe('passed');
    expect(one('diploma.number', number('', { paths: ['past', 'overseas'] }))).toBeUndefined();
    expect(one('diploma.number', number('', { education: 'none', paths: ['apprentice'] }))).toBeUndefined();
  });
});

describe('医师资格证书编码', () => {
  const id = form().idNumber;
  const code = (assistantCertificate: string, overrides: Partial<Form> = {}) =>
    one('certificate.code', assistantForm({ assistantCertificate, ...overrides }));

  it.each([
    [`202199210${id}`, 'passed', undefined],
    [`202199210${id.slice(0, 6)}${id.slice(8, 17)}`, 'passed', undefined],
    [`199899210${id}`, 'warning', 'year'],
    [`202799210${id}`, 'warning', 'year'],
    [`202117210${id}`, 'warning', 'province'],
    [`202199110${id}`, 'warning', 'level'],
    [`202199220${id}`, 'warning', 'class'],
    [`202199210${id}1`, 'failed', undefined],
    [`2021992A0${id}`, 'failed', 'characters'],
    ['', 'failed', 'empty'],
  ])('%s: %s %s', (assistantCertificate, status, context) => {
    const found = code(assistantCertificate);
    expect(found).toMatchObject({ status, field: 'assistantCertificate', material: 'M07' });
    expect(found?.facts.context).toBe(context);
    expect(found?.reason).toBe(status === 'failed' ? 'I11' : undefined);
  });

  it('lets a clinical assistant go on to 中西医结合', () => {
    expect(code(`202199210${id}`, { class: 'integrated', classCode: '150' })?.status).toBe('passed');
  });

  it('must hold the ID number of the form, 18 or the old 15 digits', () => {
    const held = (assistantCertificate: string) => one('certificate.id', assistantForm({ assistantCertificate }));
    expect(held(`202199210${id}`)?.status).toBe('passed');
    expect(held(`202199210${id.slice(0, 6)}${id.slice(8, 17)}`)?.status).toBe('passed');
    const other = form({ idNumber: '11010519491231002X' }).idNumber;
    expect(held(`202199210${other}`)).toMatchObject({ status: 'failed', reason: 'I11', facts: {} });
    expect(held(`202199210${other.slice(0, 6)}${other.slice(8, 17)}`)?.status).toBe('failed');
  });

  it('is asked of assistants only', () => {
    expect(one('certificate.code', form())).toBeUndefined();
    expect(one('licence.code', form())).toBeUndefined();
  });
});

describe('医师执业证书编码', () => {
  it.each([
    ['210990101000123', 'passed', undefined],
    ['210110000000123', 'passed', undefined],
    ['210170101000123', 'warning', 'region'],
    ['110990101000123', 'warning', 'level'],
    ['220990101000123', 'warning', 'class'],
    ['21099010100012', 'failed', undefined],
    ['21099010100012X', 'failed', 'characters'],
    ['', 'failed', 'empty'],
  ])('%s: %s', (assistantLicence, status, context) => {
    const found = one('licence.code', assistantForm({ assistantLicence }));
    expect(found).toMatchObject({ status, field: 'assistantLicence', material: 'M08' });
    expect(found?.facts.context).toBe(context);
  });
});

describe('报考类别代码', () => {
  it.each([
    ['110', 'physician', 'clinical', 'passed'],
    ['210', 'assistant', 'clinical', 'passed'],
    ['120', 'physician', 'dental', 'passed'],
    ['230', 'assistant', 'public_health', 'passed'],
    ['140', 'physician', 'tcm', 'passed'],
    ['341', 'physician', 'tcm', 'passed'],
    ['441', 'assistant', 'tcm', 'passed'],
    ['142', 'physician', 'integrated', 'passed'],
    ['150', 'physician', 'integrated', 'passed'],
    ['140', 'physician', 'ethnic', 'passed'],
    ['110', 'assistant', 'clinical', 'failed'],
    ['120', 'physician', 'clinical', 'failed'],
    ['140', 'physician', 'clinical', 'failed'],
    ['120', 'physician', 'ethnic', undefined],
    ['11', 'physician', 'clinical', 'failed'],
    ['110', 'physician', 'rural', 'failed'],
    ['215', 'assistant', 'rural', undefined],
    ['210', 'assistant', 'rural', undefined],
    ['143', 'physician', 'ethnic', undefined],
    ['990', 'physician', 'clinical', undefined],
  ] as const)('%s for %s %s: %s', (classCode, level, ofClass, status) => {
    expect(one('class.code', form({ classCode, level, class: ofClass }))?.status).toBe(status);
  });
});

describe('name', () => {
  it.each([
    ['样例甲', '汉族', 'passed', undefined],
    ['㐱𠮷〇', '汉族', 'passed', undefined],
    ['阿依·样例', '维吾尔族', 'passed', undefined],
    ['阿依.样例', '维吾尔族', 'passed', undefined],
    ['阿依·样例', '汉族', 'warning', 'dot'],
    ['阿依·', '维吾尔族', 'warning', undefined],
    ['阿依•样例', '维吾尔族', 'warning', undefined],
    ['样?甲', '汉族', 'warning', 'rare'],
    ['样？甲', '汉族', 'warning', 'rare'],
    ['样\uE000甲', '汉族', 'warning', 'rare'],
    ['样 例', '汉族', 'warning', undefined],
    ['Yangli', '汉族', 'warning', undefined],
    ['', '汉族', 'failed', 'empty'],
    ['  ', '汉族', 'failed', 'empty'],
    ['样'.repeat(28), '汉族', 'passed', undefined],
    ['样'.repeat(29), '汉族', 'failed', 'long'],
  ])('%s (%s): %s', (name, ethnicity, status, context) => {
    const found = one('name.characters', form({ name, ethnicity }));
    expect(found?.status).toBe(status);
    expect(found?.facts.context).toBe(context);
  });

  it('takes Latin letters from holders of passports and permits', () => {
    expect(one('name.characters', form({ name: 'Ana-María O’Sample', idType: 'passport' }))?.status).toBe('passed');
  });
});

describe('education', () => {
  it.each([
    ['bachelor', 'physician', ['past'], 'passed'],
    ['college', 'physician', ['past'], 'failed'],
    ['college', 'physician', ['assistant_up'], 'passed'],
    ['college', 'assistant', ['past'], 'passed'],
    ['secondary', 'assistant', ['past'], 'warning'],
    ['secondary', 'physician', ['assistant_up'], 'warning'],
    ['secondary', 'physician', ['past'], 'failed'],
    ['none', 'assistant', ['apprentice'], 'passed'],
    ['none', 'physician', ['apprentice', 'assistant_up'], 'passed'],
    ['none', 'physician', ['apprentice'], 'failed'],
    ['none', 'assistant', ['past'], 'failed'],
    ['doctor', 'physician', ['fresh'], 'passed'],
  ] as const)('%s for %s by %j: %s', (education, level, paths, status) => {
    const found = one('education.level', form({ education, level, paths: [...paths] }));
    expect(found?.status).toBe(status);
    expect(found?.reason).toBe(status === 'passed' ? undefined : 'E01');
  });

  it('lets 中专 sit for 乡村全科', () => {
    const rural = form({ education: 'secondary', level: 'assistant', class: 'rural' });
    expect(one('education.level', rural)?.status).toBe('passed');
  });

  it.each([
    ['临床医学', 'passed', undefined],
    ['中西医临床医学', 'passed', undefined],
    ['护理学', 'warning', 'E02'],
    ['中药学', 'warning', 'E02'],
    ['医学检验技术', 'warning', 'E02'],
    ['', 'failed', 'I04'],
  ])('major %s: %s', (major, status, reason) => {
    const found = one('education.major', form({ major }));
    expect(found?.status).toBe(status);
    expect(found?.reason).toBe(reason);
  });
});
