import { describe, expect, it } from 'vitest';
import { insertPhrase, slashAt } from '../../../../renderer/phrases/slash.ts';

const typed = (text: string, caret = text.length) => slashAt(text, caret)?.typed ?? null;

describe('a slash', () => {
  it('asks for phrases at the beginning, after a word of Chinese, and with letters after it', () => {
    expect(typed('/')).toBe('');
    expect(typed('请补传/bc')).toBe('bc');
    expect(typed('请补传 /原件')).toBe('原件');
    expect(typed('/bc，已核', 3)).toBe('bc');
  });

  it('is a slash in a format, a date, and once the word is over', () => {
    for (const text of ['jpg/', '2026/03', '//', '/bc 已', '/bc，', '没有']) expect(typed(text), text).toBeNull();
  });

  it('is replaced by the phrase, with the caret after it', () => {
    expect(insertPhrase('甲/bc乙', { from: 1, typed: 'bc' }, '请补传')).toEqual({ text: '甲请补传乙', caret: 4 });
  });
});
