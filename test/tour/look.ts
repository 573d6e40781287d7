import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchDesk } from '../e2e/launch.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import { ReviewPage } from '../e2e/pages/review-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { readTruth, withOneBadPicture } from '../e2e/truth.ts';
import { conflicts } from './conflicts.ts';
import { borrowDistrict } from './district.ts';
import { dress, LANGUAGES, SIZES, THEMES } from './dress.ts';

/** Every screen in both sizes, languages and themes: pictures to look at. */
export async function look(folder: string): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'review-desk-look-'));
  const { service, reviewer } = await borrowDistrict(work);
  const [bad] = withOneBadPicture(await readTruth(service.folder));
  if (!bad) throw new Error('the sample has no candidate with one bad picture');
  const taken: string[] = [];
  for (const size of SIZES) {
    for (const language of LANGUAGES) {
      for (const theme of THEMES) {
        const userData = join(work, `${size.width}-${language}-${theme}`);
        const desk = await launchDesk({ userData, prefill: reviewer, size, holdMs: 60_000 });
        const { page } = desk;
        const shot = async (name: string) => {
          const file = `${size.width}-${language}-${theme}-${name}.png`;
          await page.screenshot({ path: join(folder, file) });
          taken.push(file);
        };
        const queue = new QueuePage(page);
        const review = new ReviewPage(page);
        await new SignInPage(page).shown();
        await dress(desk, language, theme);
        await new SignInPage(page).shown();
        await shot('1-sign-in');
        await new SignInPage(page).signIn(reviewer);
        await queue.firstSync();
        await shot('2-sync');
        await queue.shown();
        await page.getByTestId('queue-row').first().waitFor();
        await shot('3-queue');
        await queue.open(bad.registrationNumber);
        await review.shown(bad.registrationNumber);
        await review.go(bad.slot);
        await review.layout('2');
        await shot('4-review-2');
        await review.layout('4');
        await shot('5-review-4');
        await review.layout('a');
        await shot('6-review-all');
        await review.layout('2');
        const [first] = await review.slots();
        if (first) await review.lock(first);
        await review.openReasons(bad.slot, ['Q01', 'Q03'], '');
        await shot('7-reasons');
        await review.confirmReasons(bad.slot);
        await review.press('KeyG');
        await page.getByTestId('reference-picture').waitFor();
        await shot('8-reference');
        await review.press('KeyG');
        await review.openReturn();
        await shot('9-return');
        await review.press('Escape');
        await page.getByTestId('return-dialog').waitFor({ state: 'detached' });
        await page.getByTestId('refuse').click();
        await page.getByTestId('refuse-dialog').waitFor();
        await shot('10-refuse');
        await review.press('Escape');
        await page.getByTestId('refuse-dialog').waitFor({ state: 'detached' });
        await page.getByTestId('approve').click();
        await page.getByTestId('obstacles').waitFor();
        await shot('11-obstacles');
        await review.press('Escape');
        await page.getByTestId('decisions-way').click();
        await page.getByTestId('way').first().waitFor();
        await shot('12-decisions');
        await review.press('Escape');
        await page.getByTestId('decision-log').waitFor({ state: 'detached' });
        await review.press('F1');
        await page.getByTestId('shortcut-sheet').waitFor();
        await shot('13-shortcuts');
        await desk.close();
        console.log(`looked at ${size.width}×${size.height} ${language} ${theme}`);
      }
    }
  }
  await service.stop();
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ screenshots: taken }, null, 2)}\n`);
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
  return conflicts(folder);
}
