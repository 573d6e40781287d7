import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { openLine } from '../helpers/line.ts';
import { expect } from './desk.ts';
import { ROOT } from './launch.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { testWithCandidates } from './small-district.ts';

const test = testWithCandidates(24, 12);
const size = { width: 1366, height: 768 };
/** How this computer draws letters, of those that the screens were kept on. */
const LETTERS = join(ROOT, 'test/e2e/screens/letters.txt');

/** How letters are drawn here: other fonts or another Chromium are no regression. */
async function lettersOf(page: Page): Promise<string> {
  const pixels = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 600;
    canvas.height = 60;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    for (const [row, weight] of [400, 600].entries()) {
      context.font = `${weight} 14px ${getComputedStyle(document.body).fontFamily}`;
      context.fillText('审核工作台 锁定 退回考生 Review Desk 0123456789 ↵ ⌫', 2, 20 + row * 24);
    }
    return canvas.toDataURL();
  });
  return createHash('sha256').update(pixels).digest('hex').slice(0, 16);
}

/** What differs from run to run by its nature: times, deadlines, addresses. */
const volatile = (page: Page): Locator[] => [
  page.getByTestId('service'),
  page.locator('[class*="deadline-"]'),
  page.getByTestId('sync-now'),
  page.getByTestId('connection'),
  page.getByTestId('rhythm'),
  page.locator('.queue-table [role="gridcell"].quiet[title]'),
];

test('the ten most important screens look as they were approved', async ({ launch, reviewer, service }, info) => {
  test.setTimeout(180_000);
  const line = await openLine(service.url);
  const entry = { ...reviewer, service: line.url };
  const desk = await launch({ prefill: entry, holdMs: 60_000, size });
  const { page } = desk;
  await new SignInPage(page).shown();
  await page.evaluate((settings) => window.desk.changeSettings(settings), {
    theme: 'light',
    language: 'zh-CN',
  } as const);
  await page.reload();
  await new SignInPage(page).shown();
  const letters = await lettersOf(page);
  if (info.config.updateSnapshots === 'all') writeFileSync(LETTERS, `${letters}\n`);
  const kept = existsSync(LETTERS) ? readFileSync(LETTERS, 'utf8').trim() : '';
  test.skip(letters !== kept, 'letters are drawn otherwise here than where the screens were kept');

  const look = async (name: string) => {
    // The pointer rests where nothing lies, so that nothing is lit by it.
    await page.mouse.move(size.width / 2, 2);
    await expect.soft(page).toHaveScreenshot(`${name}.png`, {
      mask: volatile(page),
      maskColor: '#808080',
      animations: 'disabled',
      maxDiffPixelRatio: 0.004,
    });
  };
  const [queue, review] = [new QueuePage(page), new ReviewPage(page)];
  await look('sign-in');
  await new SignInPage(page).signIn(entry);
  await queue.shown();
  await queue.waitForCount('open', 24);
  await look('queue');
  const [first = ''] = await queue.registrations();
  await page.locator('#queue-table').press('Enter');
  await review.shown(first);
  await review.checks();
  await look('review');
  await review.layout('a');
  await review.press('KeyB');
  await look('review-all');
  await review.press('KeyB');
  await review.layout('2');
  await review.press('Space');
  const [locked = '', target = ''] = await review.slots();
  await review.waitForState(locked, 'locked');
  await review.press('KeyR');
  await page.getByTestId('reason-picker').waitFor();
  await page.keyboard.press('Digit1');
  await look('reasons');
  await page.keyboard.press('Enter');
  await review.waitForState(target, 'returned');
  await review.press('Control+Backspace');
  await expect(page.getByTestId('return-confirm')).toBeFocused();
  await look('return');
  await page.keyboard.press('Escape');
  await page.getByTestId('return-dialog').waitFor({ state: 'detached' });
  await review.press('Control+KeyK');
  await page.getByTestId('palette').waitFor();
  await look('palette');
  await page.keyboard.press('Escape');
  await page.getByTestId('palette').waitFor({ state: 'detached' });
  await review.press('F1');
  await page.getByTestId('shortcut-sheet').waitFor();
  await look('shortcuts');
  await page.keyboard.press('Escape');
  await page.getByTestId('shortcut-sheet').waitFor({ state: 'detached' });
  await page.evaluate((settings) => window.desk.changeSettings(settings), { theme: 'dark', language: 'en' } as const);
  await page.reload();
  // It goes on where it was; opened again it begins at what is open.
  await review.shown(first);
  await review.checks();
  await review.backToQueue();
  await queue.waitForCount('open', 24);
  await look('queue-dark-en');
  await line.set('down');
  await new StatusBar(page).syncNow();
  await new StatusBar(page).offline();
  await page.locator('#queue-table').press('Enter');
  await review.shown(first);
  await review.checks();
  await look('review-offline-dark-en');
  await line.close();
});
