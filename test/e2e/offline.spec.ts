import { readRecords } from '../faults/records.ts';
import { openLine } from '../helpers/line.ts';
import { expect, test } from './desk.ts';
import { ConflictPage } from './pages/conflict-page.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { cleanOnes } from './truth.ts';

test('a decision that came too late is a conflict in sight, and stays in the log', async ({
  launch,
  reviewer,
  accounts,
  service,
}) => {
  const [number = ''] = await cleanOnes(service.folder);
  const other = accounts.reviewers.find(({ account, site }) => site === '990101' && account !== reviewer.account);
  if (!other) throw new Error('the sample has no second reviewer');
  const line = await openLine(service.url);
  const mine = await launch({ holdMs: 0 });
  const theirs = await launch({ holdMs: 0 });
  await new SignInPage(mine.page).signIn({ ...reviewer, service: line.url });
  await new SignInPage(theirs.page).signIn({ ...reviewer, account: other.account, password: other.password });
  const review = new ReviewPage(mine.page);
  const status = new StatusBar(mine.page);
  await new QueuePage(mine.page).shown();
  await new QueuePage(theirs.page).shown();

  // Mine waits in an outage, before it could be claimed, while the colleague refuses the same submission.
  await line.set('down');
  await new QueuePage(mine.page).open(number);
  await review.shown(number);
  const [first = ''] = await review.slots();
  await review.lock(first);
  await status.waitFor('waiting', 1);
  await new QueuePage(theirs.page).open(number);
  await new ReviewPage(theirs.page).shown(number);
  await theirs.page.getByTestId('refuse').click();
  await theirs.page.getByTestId('refusal-E01').click();
  await theirs.page.getByTestId('refuse-next').click();
  await theirs.page.getByTestId('refuse-confirm').click();
  await new StatusBar(theirs.page).waitFor('sent', 1);
  await line.set('clear');

  await status.waitFor('parked', 1);
  await status.openLog();
  const way = mine.page.locator('[data-testid="way"][data-state="conflict"]');
  await expect(way.getByTestId('problem')).toHaveAttribute('data-code', 'decision.status');
  await way.getByTestId('resolve').click();
  await new ConflictPage(mine.page).shown('image.lock');
  await expect(mine.page.getByTestId('conflict-keep')).toBeDisabled();
  await mine.page.keyboard.press('Delete');
  await new ConflictPage(mine.page).done();
  await status.waitFor('parked', 0);
  await status.openLog();
  await mine.page.locator('[data-testid="way"][data-state="dismissed"]').waitFor();
  await status.closeLog();
  await mine.page.getByTestId('conflict-back').click();
  await review.waitForStatus('refused');
  await line.close();
});

test('a first sync can be stopped and goes on; what is complete can be reviewed meanwhile', async ({
  launch,
  reviewer,
  service,
}) => {
  // One picture is held back, so that the synchronisation doesn't end before it is left.
  const picture = readRecords(service.folder).submissions.at(-1)?.images.at(-1)?.sha256 ?? '';
  const line = await openLine(service.url);
  await line.set({ holdsBack: `/v1/images/${picture}` });
  const { page } = await launch();
  await new SignInPage(page).signIn({ ...reviewer, service: line.url });
  await new QueuePage(page).firstSync();
  await page.getByTestId('cancel-sync').click();
  await page.getByTestId('resume-sync').waitFor();
  await page.getByTestId('resume-sync').click();
  await page.getByTestId('start-review').and(page.locator(':enabled')).click();
  await page.getByTestId('queue-row').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('review').waitFor();
  line.release();
  await line.close();
});
