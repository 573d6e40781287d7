import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from './axe.ts';
import { expect } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { testWithCandidates } from './small-district.ts';

const test = testWithCandidates(4);

test('records are verified with one key; a seal that was meddled with is named in the status bar', async ({
  launch,
  reviewer,
}, info) => {
  const first = await launch({ prefill: reviewer, holdMs: 0, size: { width: 1920, height: 1080 } });
  const { page } = first;
  await new SignInPage(page).signIn(reviewer);
  await new QueuePage(page).shown();
  await page.getByTestId('queue-row').first().waitFor();
  await page.keyboard.press('Home');
  await page.locator('#queue-table').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('review').waitFor();
  const review = new ReviewPage(page);
  const slot = await review.target();
  if (slot === null) throw new Error('no picture is the target');
  await review.press('Space');
  await new StatusBar(page).waitFor('sent', 1);
  await page.keyboard.press('F8');
  await page.getByTestId('start-proofs').press('Enter');
  await expect(page.getByTestId('proof-outcome')).toHaveAttribute('data-outcome', 'proven');
  await expect(page.locator('[data-testid="proof-part"][data-state="proven"]')).toHaveCount(6);
  expect(await findings(page, 'proven')).toEqual([]);
  await info.attach('proven.png', {
    body: await page.screenshot({ path: info.outputPath('proven.png') }),
    contentType: 'image/png',
  });
  await first.close();

  const profiles = join(first.userData, 'profiles');
  const [profile = ''] = readdirSync(profiles);
  writeFileSync(join(profiles, profile, 'log-seal.json'), '{}');
  const again = await launch({ prefill: reviewer, userData: first.userData, size: { width: 1366, height: 768 } });
  await new SignInPage(again.page).signIn(reviewer);
  const broken = again.page.getByTestId('broken-proof');
  await broken.waitFor();
  await again.page.evaluate(() => window.desk.changeSettings({ language: 'en', theme: 'dark' }));
  await again.page.reload();
  await expect(broken).toHaveAttribute('data-kind', 'content');
  await broken.press('Enter');
  await expect(again.page.getByTestId('proof-break')).toHaveCount(1);
  expect(await findings(again.page, 'broken')).toEqual([]);
  await info.attach('broken.png', {
    body: await again.page.screenshot({ path: info.outputPath('broken.png') }),
    contentType: 'image/png',
  });
});
