import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchDesk } from '../e2e/launch.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { StatusBar } from '../e2e/pages/status-bar.ts';
import { openLine } from '../helpers/line.ts';
import { type Dressing, dress, nameOf, photographer } from './dress.ts';
import type { Look } from './look-queue.ts';
import type { Scene } from './scene.ts';

/** A submission in each of the states that others have brought it to, and one that is set aside. */
export async function states({ page, shot, review }: Look, scene: Scene): Promise<void> {
  const queue = new QueuePage(page);
  await review.backToQueue();
  const see = async (number: string, name: string) => {
    await queue.open(number);
    await review.shown(number);
    await review.checks();
    await shot(name);
  };
  await see(scene.held, '36-held-by-other');
  await review.backToQueue();
  await see(scene.sentBack, '36-sent-back');
  await review.backToQueue();
  await see(scene.refused, '36-refused');
  await review.backToQueue();
  await see(scene.longName, '37-long-name');
  await review.press('Control+ArrowDown');
  await page.getByTestId('aside').waitFor();
  await shot('38-set-aside');
  await review.press('Digit1');
  await page.getByTestId('aside').waitFor({ state: 'detached' });
  await page.getByTestId('notice').waitFor();
  await review.settled();
  await shot('38-notice');
  await review.backToQueue();
  await see(scene.longName, '38-aside-strip');
  await review.press('Control+ArrowDown');
  await page.getByTestId('aside').waitFor();
  await shot('38-set-aside-again');
  await review.press('Escape');
  await page.getByTestId('aside').waitFor({ state: 'detached' });
  await review.press('Control+ArrowUp');
  await page.getByTestId('aside-strip').waitFor({ state: 'detached' });
  await review.backToQueue();
  await see(scene.rareName, '37-rare-name');
}

/** The line is cut: queue, review, what waits. Works on the look's own line. */
export async function offline({ page, shot, review, line }: Look): Promise<void> {
  await review.backToQueue();
  await line.set('down');
  await new StatusBar(page).syncNow();
  await new StatusBar(page).offline();
  await page.mouse.move(600, 300);
  await shot('61-queue-offline');
  await page.locator('#queue-table').press('Enter');
  await page.getByTestId('review').waitFor();
  await review.settled();
  await shot('62-review-offline');
  await review.press('F2');
  await page.getByTestId('connection-panel').waitFor();
  await shot('63-connection-offline');
  await page.keyboard.press('Escape');
  await page.getByTestId('connection-panel').waitFor({ state: 'detached' });
  await line.set('clear');
}

/** No service at the address; a first sync that stopped, and what is not here yet; records that were meddled with. */
export async function troubles(
  { reviewer }: Pick<Look, 'reviewer'>,
  scene: Scene,
  dressing: Dressing,
  { work, folder, taken }: { readonly work: string; readonly folder: string; readonly taken: string[] },
): Promise<void> {
  const { size } = dressing;
  const userData = join(work, `trouble-${nameOf(dressing)}`);
  const line = await openLine(reviewer.service);
  const prefill = { ...reviewer, service: line.url };
  await line.set('down');
  const first = await launchDesk({ userData, prefill, size, holdMs: 60_000 });
  const shot = photographer(first, folder, dressing, taken);
  const { page } = first;
  await new SignInPage(page).shown();
  await dress(first, dressing);
  await new SignInPage(page).signIn(prefill);
  await new SignInPage(page).problem();
  await shot('64-no-service');
  // One picture never arrives: the first sync ends with that, and the work begins without it.
  await line.set({ deafTo: scene.lost });
  await new SignInPage(page).signIn(prefill);
  const queue = new QueuePage(page);
  await queue.firstSync();
  await page.getByTestId('first-sync').getByTestId('problem').waitFor({ timeout: 60_000 });
  await shot('65-sync-stopped');
  await page.getByTestId('start-review').click();
  await queue.shown();
  await queue.open(scene.longName);
  await page.locator(`[data-testid="review"][data-registration="${scene.longName}"]`).waitFor();
  await page.getByTestId('picture-absent').first().waitFor();
  await shot('67-picture-absent');
  await line.set('clear');
  await new StatusBar(page).syncNow();
  await page.getByTestId('picture-absent').waitFor({ state: 'detached', timeout: 60_000 });
  await first.close();

  const profiles = join(userData, 'profiles');
  const [profile = ''] = await readdir(profiles);
  await writeFile(join(profiles, profile, 'log-seal.json'), '{}');
  const again = await launchDesk({ userData, prefill, size, holdMs: 60_000 });
  const shotAgain = photographer(again, folder, dressing, taken);
  await new SignInPage(again.page).signIn(prefill);
  await new QueuePage(again.page).resumed();
  await again.page.getByTestId('broken-proof').waitFor();
  await shotAgain('68-broken-proof');
  await again.page.getByTestId('broken-proof').click();
  await again.page.getByTestId('proof-break').waitFor();
  await shotAgain('69-proof-break');
  await again.close();
  await line.close();
}
