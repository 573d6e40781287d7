import type { Page } from 'playwright';
import type { LaunchedDesk } from '../e2e/launch.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import type { ReviewPage } from '../e2e/pages/review-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import type { Planted } from '../e2e/truth.ts';
import type { Line } from '../helpers/line.ts';
import type { Shot } from './dress.ts';

/** A desk that is looked at. */
export type Look = {
  readonly desk: LaunchedDesk;
  readonly page: Page;
  readonly review: ReviewPage;
  readonly shot: Shot;
  /** The line to the service, through which this desk alone speaks. */
  readonly line: Line;
  readonly reviewer: { readonly service: string; readonly account: string; readonly password: string };
  /** A candidate with one bad picture, in the slot. */
  readonly bad: Planted & { readonly slot: string };
  /** One whose picture was returned and uploaded again. */
  readonly again: Planted & { readonly slot: string };
};

/** Sign-in, a refused one, the first sync. */
export async function firstScreens({ page, shot, reviewer }: Look): Promise<void> {
  const signIn = new SignInPage(page);
  await signIn.shown();
  await shot('01-sign-in');
  await signIn.signIn({ ...reviewer, password: 'wrong-Password-1' });
  await signIn.problem();
  await shot('02-sign-in-refused');
  await signIn.signIn(reviewer);
  await new QueuePage(page).firstSync();
  await shot('03-sync');
}

/** The queue, the tour over it and the review, a search without an answer. */
export async function queueScreens({ page, shot }: Look): Promise<void> {
  const queue = new QueuePage(page);
  await queue.shown();
  await queue.registrations();
  await shot('04-queue-first');
  await page.getByTestId('tour-offer').click();
  for (const stop of [1, 2, 3, 4, 5, 6, 7]) {
    await page.locator('.desk-tour').getByText(`${stop}/7`, { exact: true }).waitFor();
    await page.locator('[data-testid="tour-next"]:focus').waitFor();
    await shot(`05-tour-${stop}`);
    await page.keyboard.press('Enter');
  }
  await page.locator('.desk-tour').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await queue.shown();
  await queue.registrations();
  await shot('06-queue');
  await queue.search('zzzz');
  await page.getByTestId('queue-row').first().waitFor({ state: 'detached' });
  await shot('07-queue-nothing');
  await queue.search('');
  await queue.registrations();
}

/** A re-upload, which opens beside what it replaces, in every look. */
export async function comparison({ page, shot, again, review }: Look): Promise<void> {
  await review.backToQueue();
  await new QueuePage(page).open(again.registrationNumber);
  await review.shown(again.registrationNumber);
  await review.go(again.slot);
  await page.getByTestId('compare-view').waitFor();
  await review.settled();
  await page.locator('[data-testid="compare-aligned"][data-aligned="true"]').waitFor();
  await shot('50-compare');
  for (const look of ['swipe', 'blink', 'difference']) {
    await page.keyboard.press('Control+KeyD');
    await page.locator(`[data-testid="overlaid"][data-look="${look}"]`).waitFor();
    await review.settled();
    await shot(`51-compare-${look}`);
  }
  await page.keyboard.press('Control+KeyD');
  await page.keyboard.press('KeyR');
  await page.getByTestId('reason-picker').waitFor();
  await shot('52-still-not');
  await page.keyboard.press('Escape');
  await page.getByTestId('reason-picker').waitFor({ state: 'detached' });
}
