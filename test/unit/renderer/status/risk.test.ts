import { expect, test } from 'vitest';
import { loadTexts } from '../../../../renderer/i18n.ts';
import { riskCount, riskLines } from '../../../../renderer/status/risk.ts';
import { deadlineRisk, type UnsentConclusion } from '../../../../shared/deadline-risk.ts';

/** Friday is the last day of the review; it is Wednesday noon in Beijing. */
const RULES = { reviewUntil: '2026-03-06', reuploadHours: 72 };
const WEDNESDAY = Date.parse('2026-03-04T04:00:00.000Z');
const FRIDAY = Date.parse('2026-03-06T04:00:00.000Z');
const back = (deadline: string | null = null): UnsentConclusion => ({ kind: 'return', deadline });
const NEXT_WEEK = '2026-03-13T15:59:59.999Z';

const { t: zh } = await loadTexts('zh-CN');
const { t: en } = await loadTexts('en');

test('three returns, of which two close on Friday, in both languages', () => {
  const risk = deadlineRisk([back(), back(), back(NEXT_WEEK)], [], RULES, WEDNESDAY);
  expect(riskLines(zh, risk, 72, WEDNESDAY)).toEqual([
    { text: '3 份退回未发送；其中 2 份的补传期限周五截止', urgency: 'soon' },
  ]);
  expect(riskLines(en, risk, 72, WEDNESDAY)).toEqual([
    { text: '3 returns unsent; 2 of their re-upload windows close on Friday', urgency: 'soon' },
  ]);
  expect(riskCount(risk)).toEqual({ all: 2, today: 0 });
});

test('windows that close on several days are told in order', () => {
  const tomorrow = '2026-03-05T15:59:59.999Z';
  const risk = deadlineRisk([back(), back(tomorrow), back()], [], RULES, WEDNESDAY);
  const text = '3 份退回未发送；其中 1 份的补传期限明天截止；另 2 份周五截止';
  expect(riskLines(zh, risk, 72, WEDNESDAY)[0]?.text).toBe(text);
});

test('all of them today, one alone, and one with all its time', () => {
  const text = (unsent: UnsentConclusion[], now: number) =>
    riskLines(en, deadlineRisk(unsent, [], RULES, now), 72, now)[0]?.text;
  expect(text([back(), back()], FRIDAY)).toBe('2 returns unsent; their re-upload windows close today');
  expect(text([back()], FRIDAY)).toBe('1 return unsent; its re-upload window closes today');
  expect(text([back(NEXT_WEEK)], WEDNESDAY)).toBe(
    '1 return unsent; candidates have 72 hours to upload again from its arrival',
  );
});

test('what is too late says so and comes first in urgency', () => {
  const now = Date.parse('2026-03-07T04:00:00.000Z');
  const risk = deadlineRisk(
    [back(), { kind: 'approve', deadline: null }, { kind: 'refuse', deadline: '2026-03-08T07:00:00.000Z' }],
    [{ deadline: '2026-03-07T15:59:59.999Z', count: 5 }],
    RULES,
    now,
  );
  expect(riskLines(zh, risk, 72, now).map(({ text, urgency }) => [text, urgency])).toEqual([
    ['1 份退回未发送；其中 1 份的补传期限已于昨天截止，请联系考区管理员', 'past'],
    ['1 份通过或拒绝未赶上昨天的截止，请联系考区管理员', 'past'],
    ['1 份通过或拒绝须在明天 15:00截止前送达', 'soon'],
    ['5 份待审的期限今天截止', 'today'],
  ]);
  expect(riskCount(risk)).toEqual({ all: 8, today: 7 });
});

test('nothing unsent and nothing near: nothing is said', () => {
  expect(riskLines(zh, deadlineRisk([], [], RULES, WEDNESDAY), 72, WEDNESDAY)).toEqual([]);
});
