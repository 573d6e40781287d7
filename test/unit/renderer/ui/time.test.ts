import { expect, test } from 'vitest';
import { loadTexts } from '../../../../renderer/i18n.ts';
import { dayWords } from '../../../../renderer/ui/time.ts';

const { t: zh } = await loadTexts('zh-CN');
const { t: en } = await loadTexts('en');
/** Sunday, 23:30 in Beijing; still Sunday afternoon in London. */
const NOW = Date.parse('2026-03-01T15:30:00.000Z');

test.each([
  ['2026-03-01T15:59:59.999Z', '今天', 'today'],
  ['2026-03-01T16:00:00.000Z', '明天 00:00', 'tomorrow at 00:00'],
  ['2026-03-02T15:59:59.999Z', '明天', 'tomorrow'],
  ['2026-03-06T15:59:59.999Z', '周五', 'on Friday'],
  ['2026-03-07T07:30:00.000Z', '周六 15:30', 'on Saturday at 15:30'],
  ['2026-03-08T15:59:59.999Z', '3月8日周日', 'on Sunday, Mar 8'],
  ['2026-02-28T15:59:59.999Z', '昨天', 'yesterday'],
  ['2026-02-27T15:59:59.999Z', '2月27日周五', 'on Friday, Feb 27'],
])('%s is %s', (instant, chinese, english) => {
  expect(dayWords(zh, instant, NOW)).toBe(chinese);
  expect(dayWords(en, instant, NOW)).toBe(english);
});
