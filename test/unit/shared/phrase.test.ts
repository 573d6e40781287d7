import { describe, expect, it } from 'vitest';
import {
  fieldsOf,
  fillPhrase,
  PHRASE_FIELDS,
  Phrase,
  type PhraseSource,
  unknownFields,
} from '../../../shared/phrase.ts';
import { form, policy, submission, TODAY } from '../../factories/submission.ts';

const source = (own: Partial<PhraseSource> = {}): PhraseSource => ({
  submission: submission(),
  policy: policy(),
  material: 'M05',
  today: TODAY,
  ...own,
});
const filled = (text: string, own: Partial<PhraseSource> = {}) => fillPhrase(text, source(own));

describe('a phrase', () => {
  it('is filled from the submission, the picture and the policy', () => {
    expect(filled('{姓名}同学：{材料}请于{补传时限}内补传（{日期}）')).toEqual({
      ok: true,
      text: '样例甲同学：试用期考核证明请于72小时内补传（2026年3月10日）',
    });
    for (const field of PHRASE_FIELDS) {
      const result = filled(`{${field}}`);
      expect(result.ok && result.text, field).toMatch(/^[^{}]+$/);
    }
  });

  it('is not filled where the submission has nothing for it, and says what is missing', () => {
    const without = { submission: submission({ form: form({ employer: ' ' }) }), material: null };
    expect(filled('{姓名}的{单位}和{材料}', without)).toEqual({ ok: false, empty: ['单位', '材料'] });
  });

  it('holds what a name holds as it is, braces and signs too', () => {
    const odd = { submission: submission({ form: form({ name: '{材料}$&' }) }) };
    expect(filled('{姓名}，请补传', odd)).toEqual({ ok: true, text: '{材料}$&，请补传' });
  });

  it('has no unknown fields and no lone braces', () => {
    expect(unknownFields('{姓名}的{材枓}、{手机}')).toEqual(['材枓', '手机']);
    expect(unknownFields('{姓名')).toEqual(['{ }']);
    expect(unknownFields('{}')).toEqual(['']);
    expect(fieldsOf('{姓名}{姓名}')).toEqual(['姓名']);
    const id = '0195b8a4-6c00-4000-8000-000000000001';
    expect(Phrase.safeParse({ id, text: '{姓名}请补传' }).success).toBe(true);
    for (const text of ['', ' ', '{手机}', '{姓名', '字'.repeat(251), '\ud83d']) {
      expect(Phrase.safeParse({ id, text }).success, text).toBe(false);
    }
  });
});
