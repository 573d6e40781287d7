import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { flipBit } from '../helpers/damage.ts';
import { expect, test } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';

test('a damaged database is recovered at sign-in, and the status bar says what was', async ({
  launch,
  reviewer,
}, info) => {
  const first = await launch({ prefill: reviewer, holdMs: 60_000 });
  await new SignInPage(first.page).signIn(reviewer);
  const queue = new QueuePage(first.page);
  await queue.shown();
  await first.page.getByTestId('queue-row').first().waitFor();
  await first.page.keyboard.press('Home');
  await first.page.locator('#queue-table').focus();
  await first.page.keyboard.press('Enter');
  await first.page.getByTestId('review').waitFor();
  const review = new ReviewPage(first.page);
  const slot = await review.target();
  if (slot === null) throw new Error('no picture is the target');
  await review.press('Space');
  await review.waitForState(slot, 'locked');
  await first.close();

  const profiles = join(first.userData, 'profiles');
  const [profile = ''] = readdirSync(profiles);
  flipBit(join(profiles, profile, 'review.db'), 100);
  const again = await launch({ prefill: reviewer, holdMs: 60_000, userData: first.userData });
  await new SignInPage(again.page).signIn(reviewer);
  await again.page.getByTestId('status-bar').waitFor();
  const news = again.page.getByTestId('recovery');
  await expect(news).toHaveText('资料曾损坏，已恢复 1 项决定');
  await expect(again.page.getByTestId('store-problem')).toHaveCount(0);
  await news.hover();
  await expect(again.page.getByText('损坏的文件已原样保留')).toBeVisible();
  await info.attach('recovered.png', { body: await again.page.screenshot(), contentType: 'image/png' });
  await new StatusBar(again.page).waitFor('waiting', 1);
  expect(readdirSync(join(profiles, profile, 'quarantine'))).toHaveLength(1);
});
