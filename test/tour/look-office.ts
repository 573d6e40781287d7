import { join } from 'node:path';
import type { Page } from 'playwright';
import { type LaunchedDesk, type LaunchOptions, launchDesk } from '../e2e/launch.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import { ReviewPage } from '../e2e/pages/review-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { StatusBar } from '../e2e/pages/status-bar.ts';
import { type Line, openLine } from '../helpers/line.ts';
import type { Borrowed } from './district.ts';
import { type Dressing, dress, photographer, resize, type Shot } from './dress.ts';
import type { Scene } from './scene.ts';

/** A desk that is dressed anew again and again; its line to the service can be cut. */
export type Office = {
  readonly desk: LaunchedDesk;
  readonly page: Page;
  readonly line: Line;
  /** Language, theme and size; from the queue. */
  wear(dressing: Dressing, folder: string, taken: string[]): Promise<Shot>;
  close(): Promise<void>;
};

/** Somebody's desk, signed in, through its first sync. */
export async function openOffice(
  district: Borrowed,
  work: string,
  name: string,
  { size, holdMs }: Pick<LaunchOptions, 'size' | 'holdMs'>,
): Promise<Office> {
  const person = district.accounts.reviewers.find(({ account }) => account === name);
  if (!person) throw new Error(`the sample has no ${name}`);
  const line = await openLine(district.service.url);
  const prefill = { service: line.url, account: person.account, password: person.password };
  const desk = await launchDesk({
    userData: join(work, `office-${name}`),
    prefill,
    ...(size ? { size } : {}),
    ...(holdMs === undefined ? {} : { holdMs }),
  });
  const { page } = desk;
  await new SignInPage(page).signIn(prefill);
  await new QueuePage(page).shown();
  return {
    desk,
    page,
    line,
    wear: async (dressing, folder, taken) => {
      await resize(desk, dressing);
      await line.set('clear');
      await dress(desk, dressing);
      await new QueuePage(page).resumed();
      return photographer(desk, folder, dressing, taken);
    },
    close: async () => {
      await desk.close();
      await line.close();
    },
  };
}

/** The overview, as charts and as tables, to its end. */
async function overview({ page }: Office, shot: Shot): Promise<void> {
  await page.keyboard.press('F6');
  await page.getByTestId('overview-body').waitFor();
  await page.locator('.recharts-bar-rectangle').first().waitFor();
  await shot('80-overview');
  const down = () =>
    page.getByTestId('overview-body').evaluate((body) => {
      body.scrollTop = body.scrollHeight;
    });
  await down();
  await shot('80-overview-end');
  await page.getByTestId('overview-view').locator('label').nth(1).click();
  await page.locator('[data-view="table"]').first().waitFor();
  await shot('81-overview-tables');
  await down();
  await shot('81-overview-tables-end');
  await page.keyboard.press('Escape');
}

/** The audit: all decisions, filtered, a search without an answer, one candidate's history. */
async function auditing({ page }: Office, shot: Shot): Promise<void> {
  await page.keyboard.press('F7');
  await page.getByTestId('audit-row').first().waitFor();
  await shot('82-audit');
  await page.getByTestId('audit-kind-submission.return').click();
  await page.locator('[data-testid="audit-row"]').first().waitFor();
  await shot('82-audit-returns');
  await page.getByTestId('audit-search').fill('不存在');
  await page.locator('[data-testid="audit-instead"][data-why="empty"]').waitFor();
  await shot('82-audit-nothing');
  await page.getByTestId('audit-search').fill('公章');
  await page.getByTestId('audit-row').first().waitFor();
  await page.getByTestId('audit-search').press('Enter');
  await page.keyboard.press('Enter');
  await page.getByTestId('history-detail').waitFor();
  await page.waitForFunction(() => document.querySelector('.picture[data-state="loading"]') === null);
  await shot('83-history');
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction(() => document.querySelector('.picture[data-state="loading"]') === null);
  await shot('83-history-before');
  await page.getByTestId('history-record').click();
  await page.getByTestId('record-entry').first().waitFor();
  await shot('84-record');
  await page.keyboard.press('Escape');
  await page.getByTestId('record').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.getByTestId('history').waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+Backspace');
  await page.keyboard.press('Escape');
  await new QueuePage(page).shown();
}

/** Spot checks: the list, how to draw, a third look with its dialog. */
async function spotChecks({ page }: Office, shot: Shot): Promise<void> {
  await page.keyboard.press('Shift+F7');
  await page.getByTestId('spot-detail').waitFor();
  await shot('85-spot-checks');
  await page.getByTestId('spot-draw').click();
  await page.getByTestId('spot-draw-dialog').waitFor();
  await shot('86-spot-draw');
  await page.getByTestId('spot-draw-dialog').locator('.ant-segmented-item').last().click();
  await shot('86-spot-draw-risk');
  await page.keyboard.press('Escape');
  await page.getByTestId('spot-draw-dialog').waitFor({ state: 'detached' });
  await page.getByTestId('spot-judge').first().click();
  await page.getByTestId('spot-review').waitFor();
  await new ReviewPage(page).settled();
  await shot('87-spot-review');
  await page.getByTestId('spot-return').click();
  await page.getByTestId('spot-verdict').waitFor();
  await shot('88-spot-verdict');
  await page.keyboard.press('Escape');
  await page.getByTestId('spot-verdict').waitFor({ state: 'detached' });
  await page.getByTestId('spot-back').click();
  await page.getByTestId('spot-detail').waitFor();
  await page.keyboard.press('Escape');
  await new QueuePage(page).shown();
}

/** What a supervisor sees that a reviewer doesn't. */
export async function supervising(office: Office, scene: Scene, shot: Shot): Promise<void> {
  const { page, line } = office;
  const [queue, review] = [new QueuePage(page), new ReviewPage(page)];
  await queue.filter('all');
  await queue.registrations();
  await shot('79-queue-supervisor');
  await overview(office, shot);
  await auditing(office, shot);
  await spotChecks(office, shot);
  await queue.open(scene.held);
  await review.shown(scene.held);
  await page.getByTestId('claim-banner').waitFor();
  await shot('89-review-supervisor');
  await review.press('KeyT');
  await page.getByTestId('takeover-dialog').getByRole('radio').first().waitFor();
  await shot('89-takeover');
  await review.press('Escape');
  await page.getByTestId('takeover-dialog').waitFor({ state: 'detached' });
  await review.backToQueue();
  await line.set('down');
  await new StatusBar(page).syncNow();
  await new StatusBar(page).offline();
  await page.mouse.move(600, 300);
  await page.keyboard.press('F6');
  await page.getByTestId('overview').waitFor();
  await page.getByTestId('overview-stale').waitFor();
  await shot('90-overview-offline');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F7');
  await page.getByTestId('audit').waitFor();
  await shot('90-audit-offline');
  await page.keyboard.press('Escape');
  await queue.shown();
  await line.set('clear');
  await new StatusBar(page).syncNow();
  await page.getByTestId('online').waitFor({ timeout: 60_000 });
}

/** What the level above sees, and its two dialogs. */
export async function above({ page }: Office, scene: Scene, shot: Shot): Promise<void> {
  const [queue, review] = [new QueuePage(page), new ReviewPage(page)];
  await queue.filter('all');
  await queue.registrations();
  await shot('91-queue-district');
  await queue.open(scene.upper);
  await review.shown(scene.upper);
  await shot('91-review-district');
  await review.press('Control+Shift+Backspace');
  await page.getByTestId('send-back-dialog').waitFor();
  await shot('92-send-back');
  await page.keyboard.press('Escape');
  await page.getByTestId('send-back-dialog').waitFor({ state: 'detached' });
  await review.backToQueue();
  await queue.open(scene.approved);
  await review.shown(scene.approved);
  await shot('93-review-approved');
  await review.press('Control+KeyU');
  await page.getByTestId('reopen-dialog').waitFor();
  await shot('93-reopen');
  await page.keyboard.press('Escape');
  await page.getByTestId('reopen-dialog').waitFor({ state: 'detached' });
  await review.backToQueue();
}

/** A queue in which everything is done. */
export async function finished({ page }: Office, shot: Shot): Promise<void> {
  await new QueuePage(page).filter('open');
  await page.getByTestId('queue-empty').waitFor();
  await shot('08-queue-done');
}
