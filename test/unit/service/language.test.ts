import { expect, it } from 'vitest';
import { languageOf } from '../../../service/language.ts';

it.each([
  [undefined, 'zh-CN'],
  ['', 'zh-CN'],
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['zh-TW', 'zh-CN'],
  ['de, fr;q=0.8', 'zh-CN'],
  ['de, en;q=0.2', 'en'],
  ['en;q=0.3, zh;q=0.7', 'zh-CN'],
  ['en;q=0, zh', 'zh-CN'],
  ['english', 'zh-CN'],
])('%s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
