import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gramsOf, matchOf } from '../../../../shared/audit/grams.ts';

it('a text is indexed by its pairs and the last character of each stretch', () => {
  expect(gramsOf('公章不清，重拍')).toBe('公章 章不 不清 清 重拍 拍');
  expect(gramsOf('ＡB1')).toBe('ab b1 1');
  expect(gramsOf(' ，。 ')).toBe('');
});

it('what is typed becomes phrases that all have to occur; one character is the beginning of a pair', () => {
  expect(matchOf('公章')).toBe('"公章"');
  expect(matchOf('公章不清 重')).toBe('"公章 章不 不清" AND "重"*');
  expect(matchOf('"*)')).toBeNull();
});

it('every stretch of a text of two characters or more is found in it', () => {
  const text = fc.stringMatching(/^[一-龥a-z0-9]{2,30}$/);
  fc.assert(
    fc.property(text, fc.nat(28), fc.integer({ min: 2, max: 10 }), (words, from, length) => {
      const part = [...words].slice(from, from + length).join('');
      fc.pre([...part].length >= 2);
      expect(` ${gramsOf(words)} `).toContain(` ${(matchOf(part) ?? '').slice(1, -1)} `);
    }),
  );
});
