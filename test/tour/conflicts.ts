import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchDesk } from '../e2e/launch.ts';
import { ConflictPage } from '../e2e/pages/conflict-page.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import { ReviewPage } from '../e2e/pages/review-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { StatusBar } from '../e2e/pages/status-bar.ts';
import { replaceMeanwhile } from '../e2e/stories/replaced-meanwhile.ts';
import { readTruth, withOneBadPicture } from '../e2e/truth.ts';
import { openLine } from '../helpers/line.ts';
import { borrowDistrict } from './district.ts';
import { dress, dressings, nameOf, photographer } from './dress.ts';

/** The conflict screens as `look` shows the others, on one profile with three decisions that were not taken. */
export async function conflicts(folder: string, only: readonly string[] = []): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'review-desk-conflicts-'));
  const { service, accounts, reviewer } = await borrowDistrict(work);
  const line = await openLine(service.url);
  const prefill = { ...reviewer, service: line.url };
  const [, candidate] = withOneBadPicture(await readTruth(service.folder));
  if (!candidate) throw new Error('the sample has too few candidates with one bad picture');
  const { registrationNumber, slot } = candidate;
  const userData = join(work, 'desk');

  const made = await launchDesk({ userData, prefill, holdMs: 0 });
  await new SignInPage(made.page).signIn(prefill);
  await new QueuePage(made.page).shown();
  // Cut off before it could be claimed, so that a colleague may review it.
  await line.set('down');
  await new QueuePage(made.page).open(registrationNumber);
  const before = new ReviewPage(made.page);
  await before.shown(registrationNumber);
  const [other = '', third = ''] = (await before.slots()).filter((one) => one !== slot);
  await before.lock(third);
  await before.returnImage(slot, ['Q01', 'Q03'], '右下角印章被遮住，请完整拍摄。');
  await before.openReturn();
  await before.confirmReturn();
  await new StatusBar(made.page).waitFor('waiting', 3);
  await replaceMeanwhile({ service, accounts }, candidate, [slot, other], reviewer.account);
  await line.set('clear');
  await new StatusBar(made.page).waitFor('parked', 3);
  await made.close();

  const taken: string[] = [];
  for (const dressing of dressings(only)) {
    const desk = await launchDesk({ userData, prefill, size: dressing.size, holdMs: 60_000 });
    const { page } = desk;
    const shot = photographer(desk, folder, dressing, taken);
    const conflict = new ConflictPage(page);
    await new SignInPage(page).shown();
    await dress(desk, dressing);
    await new SignInPage(page).signIn(prefill);
    const queue = new QueuePage(page);
    await queue.resumed();
    await queue.filter('parked');
    await page.getByTestId('queue-conflicts').waitFor();
    await shot('70-queue-conflicts');
    await page.locator('#queue-table').press('Enter');
    await new ReviewPage(page).shown(registrationNumber);
    await page.getByTestId('conflict-strip').waitFor();
    await shot('71-review-conflicts');
    await conflict.open();
    await conflict.shown('image.lock');
    await shot('72-conflict-lock');
    await page.keyboard.press('ArrowDown');
    await conflict.shown('image.return');
    await conflict.keepable();
    await page.locator('[data-testid="conflict-story"] li').nth(3).waitFor();
    await shot('73-conflict-return');
    await page.keyboard.press('KeyC');
    await shot('74-conflict-swap');
    await page.keyboard.press('KeyE');
    await page.getByTestId('reason-picker').waitFor();
    await shot('75-conflict-reasons');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await conflict.shown('submission.return');
    await shot('76-conflict-conclusion');
    await desk.close();
    console.log(`looked at the conflicts ${nameOf(dressing)}`);
  }
  const last = await launchDesk({ userData, prefill, holdMs: 60_000, size: { width: 1366, height: 768 } });
  await new SignInPage(last.page).signIn(prefill);
  await new QueuePage(last.page).resumed();
  const conflict = new ConflictPage(last.page);
  await conflict.open();
  for (const kind of ['image.lock', 'image.return', 'submission.return']) {
    await conflict.shown(kind);
    await last.page.keyboard.press('Delete');
  }
  await conflict.done();
  await last.page.screenshot({ path: join(folder, '77-conflicts-done.png') });
  await new StatusBar(last.page).openLog();
  await last.page.getByTestId('way').nth(2).waitFor();
  await last.page.screenshot({ path: join(folder, '78-conflicts-log.png') });
  await last.close();
  await line.close();
  await service.stop();
  await writeFile(join(folder, 'conflicts.json'), `${JSON.stringify({ screenshots: taken }, null, 2)}\n`);
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
  return true;
}
