import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoint, isRare, piecesOf } from '../../../../renderer/ui/rare.ts';

describe('rare characters', () => {
  it('are those beyond the first set of Unicode, and private ones', () => {
    for (const one of ['䶮', '㛃', '𠮷', '𬭊', '鿍', '\u{e815}', '𰻝']) expect([one, isRare(one)]).toEqual([one, true]);
    for (const one of ['样', '龥', '一', '·', 'A', '〇', '?']) expect([one, isRare(one)]).toEqual([one, false]);
  });

  it('are named by their code point', () => {
    expect(codePoint('𠮷')).toBe('U+20BB7');
    expect(codePoint('䶮')).toBe('U+4DAE');
  });

  it('stand alone, and the pieces give the name again', () => {
    expect(piecesOf('样𠮷例䶮')).toEqual([
      { text: '样', rare: false },
      { text: '𠮷', rare: true },
      { text: '例', rare: false },
      { text: '䶮', rare: true },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const pieces = piecesOf(name);
        expect(pieces.map(({ text }) => text).join('')).toBe(name);
        for (const { text, rare } of pieces) if (rare) expect([...text]).toHaveLength(1);
      }),
    );
  });
});
