import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { loadTexts } from '../../../../renderer/i18n.ts';
import { spokenMarks } from '../../../../renderer/marks/words.ts';
import type { Mark } from '../../../../shared/mark.ts';

const marks: readonly Mark[] = [
  { x: 0.1, y: 0.1, reason: 'S01' },
  { x: 0.4, y: 0.4, width: 0.2, height: 0.2, reason: null },
];

it('marks are read out in the language of the screen: number, place, and what each says', async () => {
  const { t } = (await loadTexts('zh-CN')) as { t: TFunction };
  const said = { reasons: ['S01'] as const, comment: ' 右下角的章 ' };
  expect(spokenMarks(t, marks, said)).toBe('图上标注 2 处： 1 左上方：未加盖单位公章；2 中间：右下角的章');
  const { t: english } = (await loadTexts('en')) as { t: TFunction };
  expect(spokenMarks(english, marks, { ...said, comment: '' })).toBe(
    '2 marks on the picture:  1, top left: The seal of the institution is missing; 2, middle: The seal of the institution is missing',
  );
});
