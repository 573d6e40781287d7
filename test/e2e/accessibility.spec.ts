import { findings } from './axe.ts';
import { expect, test } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['zh-CN', 'en'] as const) {
    test(`axe finds nothing serious, ${theme}, ${language}`, async ({ launch, reviewer }) => {
      const { page } = await launch({ prefill: reviewer, holdMs: 60_000 });
      const review = new ReviewPage(page);
      const found: string[] = [];
      const look = async (screen: string) => found.push(...(await findings(page, screen)));
      await new SignInPage(page).shown();
      await page.evaluate((settings) => window.desk.changeSettings(settings), { theme, language });
      await page.reload();
      await new SignInPage(page).shown();
      await look('sign-in');
      await new SignInPage(page).signIn(reviewer);
      const queue = new QueuePage(page);
      await queue.shown();
      const [first = ''] = await queue.registrations();
      await look('queue');
      await queue.open(first);
      await review.shown(first);
      await look('review');
      await review.layout('4');
      await look('review, four panes');
      await review.press('KeyR');
      await page.getByTestId('reason-picker').waitFor();
      await page.keyboard.press('Digit1');
      await look('reasons');
      await page.keyboard.press('Enter');
      await page.getByTestId('reason-picker').waitFor({ state: 'detached' });
      await review.openReturn();
      await look('return');
      await page.keyboard.press('Escape');
      await page.getByTestId('return-dialog').waitFor({ state: 'detached' });
      await page.getByTestId('decisions-way').click();
      await page.getByTestId('way').first().waitFor();
      await look('decisions');
      expect(found).toEqual([]);
    });
  }
}
