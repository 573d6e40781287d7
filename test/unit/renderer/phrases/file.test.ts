import { expect, it } from 'vitest';
import { fromFile, toFile } from '../../../../renderer/phrases/file.ts';

let made = 0;
const newId = () => {
  made += 1;
  return `0195b8a4-6c00-4000-8000-${String(made).padStart(12, '0')}`;
};

it('what was exported comes in again, and what is there already does not', () => {
  const phrases = ['{姓名}请补传', '章不清'].map((text) => ({ id: newId(), text }));
  const file = toFile(phrases);
  expect(fromFile(file, [], newId)?.map(({ text }) => text)).toEqual(['{姓名}请补传', '章不清']);
  expect(fromFile(file, phrases.slice(0, 1), newId)?.map(({ text }) => text)).toEqual(['章不清']);
  expect(fromFile(file, phrases, newId)).toEqual([]);
});

it('a file of something else, or with a field that there is none of, is not taken at all', () => {
  const file = (phrases: unknown) => JSON.stringify({ format: 'review-desk-phrases', version: 1, phrases });
  expect(fromFile(file(['好']), [], newId)).toHaveLength(1);
  for (const text of ['', '{', '{}', file(['好', '{手机}']), file(['']), file([1]), file(Array(101).fill('好'))]) {
    expect(fromFile(text, [], newId), text).toBeNull();
  }
});
