import type { Page } from 'playwright';
import { openLine } from '../helpers/line.ts';
import { findings } from './axe.ts';
import { expect, test } from './desk.ts';
import type { Accounts } from './launch.ts';
import { ConflictPage } from './pages/conflict-page.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { cleanOnes } from './truth.ts';

const SITE = '990101';
const FIRST = '样例审核员一';
const SECOND = '样例审核员二';

/** Reviewers and the supervisor of the first site. */
function staff({ reviewers }: Accounts) {
  const of = (role: string) => reviewers.filter((one) => one.role === role && one.site === SITE);
  const [first, second] = of('reviewer');
  const [supervisor] = of('supervisor');
  if (!first || !second || !supervisor) throw new Error('the sample has no two reviewers and a supervisor at a site');
  return { first, second, supervisor };
}

const banner = (page: Page, holder: string) =>
  page.locator(`[data-testid="claim-banner"][data-holder="${holder}"]`).waitFor({ timeout: 60_000 });

async function open(page: Page, number: string): Promise<ReviewPage> {
  await new QueuePage(page).open(number);
  const review = new ReviewPage(page);
  await review.shown(number);
  return review;
}

test('one has it, the other sees it; taken over in an outage, every decision that was not taken is named', async ({
  launch,
  accounts,
  service,
}) => {
  test.setTimeout(240_000);
  const { first, second, supervisor } = staff(accounts);
  const [number = ''] = await cleanOnes(service.folder);
  const line = await openLine(service.url);
  try {
    const mine = await launch({ holdMs: 0 });
    const theirs = await launch({ holdMs: 0 });
    const above = await launch({ holdMs: 0 });
    await new SignInPage(mine.page).signIn({ ...first, service: line.url });
    await new SignInPage(theirs.page).signIn({ ...second, service: service.url });
    await new SignInPage(above.page).signIn({ ...supervisor, service: service.url });
    for (const { page } of [mine, theirs, above]) await new QueuePage(page).shown();

    // Working on it claims it, without a word.
    const review = await open(mine.page, number);
    const slots = await review.slots();
    const [one = '', two = '', three = ''] = slots;
    await new StatusBar(theirs.page).syncNow();
    await expect(new QueuePage(theirs.page).row(number).getByTestId('row-reviewer')).toHaveText(FIRST, {
      timeout: 60_000,
    });
    await new QueuePage(theirs.page).waitForCount('others', 1);

    // The colleague may look, and nothing more.
    const seen = await open(theirs.page, number);
    await banner(theirs.page, FIRST);
    await seen.press('Space');
    await seen.press('Control+Delete');
    await expect(theirs.page.getByTestId('lock')).toHaveCount(0);
    await expect(theirs.page.getByTestId('refuse-dialog')).toHaveCount(0);
    expect(await findings(theirs.page, 'another one’s')).toEqual([]);
    expect(await seen.state(one)).toBe('open');

    // The first one is cut off and goes on; meanwhile the supervisor names the colleague.
    await line.set('down');
    for (const slot of [one, two, three]) await review.lock(slot);
    const status = new StatusBar(mine.page);
    await status.offline();
    await status.waitFor('waiting', 3);
    const watched = await open(above.page, number);
    await banner(above.page, FIRST);
    await watched.press('KeyT');
    await above.page.getByRole('radio', { name: SECOND }).check();
    await above.page.getByTestId('takeover-reason').fill('休假');
    expect(await findings(above.page, 'takeover')).toEqual([]);
    await above.page.getByTestId('takeover-confirm').click();
    await above.page.getByTestId('takeover-dialog').waitFor({ state: 'detached' });
    await banner(above.page, SECOND);
    await new StatusBar(theirs.page).syncNow();
    await theirs.page.getByTestId('claim-banner').waitFor({ state: 'detached', timeout: 60_000 });
    await seen.lock(one);
    await new StatusBar(theirs.page).waitFor('sent', 1);

    // Back again: nothing of it was taken, nothing is gone, and it says who has it.
    await line.set('clear');
    await status.waitFor('parked', 3);
    await status.waitFor('waiting', 0);
    await banner(mine.page, SECOND);
    await review.waitForState(two, 'open');
    expect(await review.state(one)).toBe('locked');
    await status.openLog();
    const lost = mine.page.locator('[data-testid="way"][data-state="conflict"]');
    await expect(lost).toHaveCount(3);
    for (const way of await lost.all()) {
      await expect(way.getByTestId('problem')).toHaveAttribute('data-code', 'claim.lost');
      await expect(way.getByTestId('problem-claim')).toContainText(SECOND);
    }
    await status.closeLog();
    // Each is a task of its own; none can be kept while the colleague reviews the submission.
    const conflicts = new ConflictPage(mine.page);
    await conflicts.open();
    for (const left of [2, 1, 0]) {
      await conflicts.shown('image.lock');
      await expect(mine.page.getByTestId('conflict-hint')).toContainText(SECOND);
      await mine.page.keyboard.press('Delete');
      await status.waitFor('parked', left);
    }
    await conflicts.done();
    await status.waitFor('parked', 0);
  } finally {
    await line.close();
  }
});

test('leafing past claims nothing, and what was only looked at is free again', async ({
  launch,
  accounts,
  service,
}) => {
  const { first, second } = staff(accounts);
  const [number = '', other = ''] = await cleanOnes(service.folder);
  const mine = await launch();
  const theirs = await launch();
  await new SignInPage(mine.page).signIn({ ...first, service: service.url });
  await new SignInPage(theirs.page).signIn({ ...second, service: service.url });
  const queue = new QueuePage(theirs.page);
  await new QueuePage(mine.page).shown();
  await queue.shown();
  await open(mine.page, number);
  await mine.page.keyboard.press('Escape');
  await open(mine.page, other);
  // What stayed is claimed; so what was left before that would have shown by now.
  const seen = async (check: () => Promise<void>) =>
    expect(async () => {
      await new StatusBar(theirs.page).syncNow();
      await check();
    }).toPass({ timeout: 60_000 });
  const reviewerOf = (of: string) => queue.row(of).getByTestId('row-reviewer');
  await seen(() => expect(reviewerOf(other)).toHaveText(FIRST, { timeout: 1_000 }));
  await expect(reviewerOf(number)).toHaveCount(0);
  await mine.page.keyboard.press('Escape');
  await new QueuePage(mine.page).shown();
  await seen(() => expect(reviewerOf(other)).toHaveCount(0, { timeout: 1_000 }));
});
