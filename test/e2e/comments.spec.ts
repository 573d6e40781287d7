import type { Locator } from 'playwright';
import { findings } from './axe.ts';
import { expect, test } from './desk.ts';
import { CandidatePage } from './pages/candidate-page.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { openPhone } from './phone.ts';
import { readTruth } from './truth.ts';

const middle = async (of: Locator) => {
  const box = await of.boundingBox();
  if (!box) throw new Error('not on screen');
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
};

test('a box on the picture by keyboard alone goes with the reason to the candidate', async ({
  desk,
  reviewer,
  service,
  accounts,
  folder,
}) => {
  const { page } = desk;
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  const { candidates } = await readTruth(service.folder);
  const clean = candidates.find(({ site, defects }) => site === '990101' && defects.length === 0);
  if (!clean) throw new Error('the sample has no clean candidate');
  await queue.open(clean.registrationNumber);
  const review = new ReviewPage(page);
  await review.shown(clean.registrationNumber);
  await review.go('M03-1');

  await review.press('KeyJ');
  await page.getByTestId('note-text').fill('学校已电话核实');
  await review.press('Enter');
  await expect(page.getByTestId('notes')).toContainText('学校已电话核实');

  await review.press('KeyO');
  await review.press('KeyN');
  await expect(page.getByTestId('point-M03.school')).toHaveAttribute('aria-current', 'true');
  await review.press('KeyV');
  await expect(page.getByTestId('point-M03.school')).toHaveAttribute('data-answer', 'ticked');
  await expect(page.getByTestId('point-M03.major')).toHaveAttribute('aria-current', 'true');

  await review.press('Shift+KeyJ');
  await page.getByTestId('phrase-new').fill('{姓名}同学，{手机}请看');
  await review.press('Enter');
  await expect(page.getByTestId('phrases-said')).toContainText('{手机}');
  await page.getByTestId('phrase-new').fill('{姓名}的{材料}请拍原件');
  await review.press('Enter');
  await expect(page.getByTestId('phrase')).toHaveCount(1);
  await review.press('Escape');
  await page.getByTestId('preferences').waitFor({ state: 'hidden' });

  await review.press('KeyQ');
  await page.getByTestId('placing').waitFor();
  for (const key of ['ArrowLeft', 'ArrowUp', 'Shift+ArrowUp', 'Enter', 'ArrowRight', 'ArrowRight', 'ArrowDown']) {
    await review.press(key);
  }
  await review.press('Enter');
  await page.getByTestId('placing').waitFor({ state: 'detached' });
  await expect(page.getByTestId('reason-filter')).toBeFocused();
  await page.keyboard.type('bqx');
  await expect(page.getByRole('option').first()).toHaveAttribute('data-testid', 'reason-Q01');
  await review.press('Enter');
  await expect(page.getByTestId('reason-sentence')).toHaveText('图片不清晰，请重新上传');
  await review.press('/');
  await page.keyboard.type('yj');
  await expect(page.getByTestId('phrase-menu')).toContainText('的毕业证书请拍原件');
  await review.press('Enter');
  await expect(page.getByTestId('reason-comment')).toHaveValue(/^.+的毕业证书请拍原件$/);
  expect(await findings(page, 'reasons with a mark')).toEqual([]);
  await review.press('Control+Enter');
  await review.waitForState('M03-1', 'returned');

  await review.go('M03-1');
  const mark = page.locator('.pane[data-slot="M03-1"]').getByTestId('mark-1');
  await expect(page.locator('.pane[data-slot="M03-1"] svg.marks')).toHaveAttribute('aria-label', /1 .*图片不清晰/);
  const upright = await middle(mark);
  await review.press('BracketRight');
  await expect.poll(() => middle(mark)).not.toEqual(upright);
  await review.press('BracketLeft');
  await expect.poll(() => middle(mark)).toEqual(upright);

  await review.openReturn();
  await review.confirmReturn();
  await review.left(clean.registrationNumber);
  const password =
    accounts.candidates.find((one) => one.registrationNumber === clean.registrationNumber)?.password ?? '';
  const phone = await openPhone(`${folder}/phone`);
  try {
    const candidate = new CandidatePage(phone.page);
    await expect(async () => {
      await candidate.signIn(service.url, clean.registrationNumber, password);
      expect(await candidate.status()).toBe('退回');
    }).toPass();
    await expect(phone.page.getByTestId('mark-1')).toHaveText(/图片不清晰，请重新上传$/);
    const drawn = await phone.page.locator('.marked rect.box').boundingBox();
    expect(drawn && drawn.width > 5 && drawn.height > 5).toBe(true);
    await expect(phone.page.locator('body')).not.toContainText('电话核实');
    expect(await findings(phone.page, 'candidate with marks')).toEqual([]);
  } finally {
    await phone.close();
  }
});
