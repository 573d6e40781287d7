import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { loadTexts } from '../../../../renderer/i18n.ts';
import { saidIn } from '../../../../renderer/record/said.ts';
import { approval, refusal, returning, submission } from '../../../factories/submission.ts';

const of = submission();

it('a record tells for each picture why it was returned, and nothing where nothing was said', async () => {
  const { t } = (await loadTexts('zh-CN')) as { t: TFunction };
  const lines = saidIn(t, returning(of, ['M01-1', 'M03-1'], { reasons: ['Q01'], comment: '请重拍' }));
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^.+：图片不清晰.*请重拍$/);
  expect(saidIn(t, refusal(of))).toHaveLength(1);
  expect(saidIn(t, approval(of))).toEqual([]);
});
