import { match } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { matching, optionsFor, withoutWords, withWords } from '../../../../renderer/reasons/options.ts';
import { reasonsFor } from '../../../../shared/catalogue/applicability.ts';
import type { Check } from '../../../../shared/checks/check.ts';
import { slot } from '../../../factories/submission.ts';

const image = { slot: slot('M05-1'), material: 'M05' } as const;
const check = (own: Partial<Check>): Check => ({ id: 'image.size', status: 'failed', facts: {}, ...own });
const codes = (options: readonly { readonly code: string }[]) => options.map(({ code }) => code);
const byPinyin = (text: string, letters: string) =>
  match(text, letters, { precision: 'start', continuous: true })?.[0] ?? null;

describe('the reasons for a picture', () => {
  it('are all that fit the material; the usual ones lie on the nine digits before anybody has used any', () => {
    const all = codes(optionsFor(image, [], {}));
    expect([...all].sort()).toEqual([...reasonsFor('M05')].sort());
    expect(all.slice(0, 9)).toEqual(['Q01', 'Q02', 'Q03', 'Q04', 'R01', 'R03', 'N16', 'S01', 'Q09']);
    const rest = all.slice(9);
    expect(rest).toEqual(reasonsFor('M05').filter((code) => rest.includes(code)));
    expect(codes(optionsFor(image, [], {}))).not.toContain('S05');
  });

  it('begin with what the checks found, of this picture first, then the most given', () => {
    const checks = [
      check({ id: 'probation.months', material: 'M05', reason: 'I08', status: 'warning' }),
      check({ slot: image.slot, material: 'M05', reason: 'Q07' }),
      check({ slot: slot('M01-1'), material: 'M01', reason: 'Q01' }),
      check({ slot: image.slot, material: 'M05', reason: 'R01', status: 'passed' }),
      check({ id: 'id.validity', material: 'M05', reason: 'T01' }),
    ];
    const options = optionsFor(image, checks, { S01: 7, Q02: 7, Q07: 1, S04: 9 });
    expect(codes(options).slice(0, 5)).toEqual(['Q07', 'I08', 'S04', 'Q02', 'S01']);
    expect(options[0]?.finding?.slot).toBe(image.slot);
    expect(new Set(codes(options)).size).toBe(reasonsFor('M05').length);
  });

  it('are found by words, code, pinyin and initials from anywhere in them', () => {
    const all = optionsFor(image, [], {});
    const first = (typed: string) => matching(all, typed, byPinyin)[0]?.code;
    expect(first('bqx')).toBe('Q01');
    expect(first('tpbqx')).toBe('Q01');
    expect(first('buqing')).toBe('Q01');
    expect(first('bmz')).toBe('S02');
    expect(first('公章')).toBe('S01');
    expect(first('glare')).toBe('Q02');
    expect(first('s04')).toBe('S04');
    expect(matching(all, 'xyzzy', byPinyin)).toEqual([]);
    expect(matching(all, ' ', byPinyin)).toHaveLength(all.length);
  });
});

describe('words of a finding', () => {
  it('are added once and taken away as they came, the reviewer’s own left alone', () => {
    const once = withWords('请重拍', '文件大小：312K，超过200K');
    expect(once).toBe('请重拍；文件大小：312K，超过200K');
    expect(withWords(once, '文件大小：312K，超过200K')).toBe(once);
    expect(withoutWords(once, '文件大小：312K，超过200K')).toBe('请重拍');
    expect(withoutWords('请重拍；文件偏大', '文件大小：312K，超过200K')).toBe('请重拍；文件偏大');
    expect(withWords(' ', '甲')).toBe('甲');
  });
});
