import { openLine } from '../helpers/line.ts';
import { expect, test } from './desk.ts';
import { ConflictPage } from './pages/conflict-page.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { heldBy, replaceMeanwhile } from './stories/replaced-meanwhile.ts';
import { readTruth, withOneBadPicture } from './truth.ts';

const COMMENT = '证书编号看不清';

test('offline returned, replaced meanwhile: both pictures side by side, kept by key, applied with the same words', async ({
  launch,
  reviewer,
  accounts,
  service,
}) => {
  const [candidate] = withOneBadPicture(await readTruth(service.folder));
  if (!candidate) throw new Error('the sample has no candidate with one bad picture');
  const { registrationNumber, slot } = candidate;
  const line = await openLine(service.url);
  const { page } = await launch({ holdMs: 0 });
  await new SignInPage(page).signIn({ ...reviewer, service: line.url });
  const [status, review, conflict] = [new StatusBar(page), new ReviewPage(page), new ConflictPage(page)];
  await new QueuePage(page).shown();
  await status.waitFor('waiting', 0);

  // Cut off before it could be claimed, so that the colleague may review it.
  await line.set('down');
  await status.syncNow();
  await status.offline();
  await new QueuePage(page).open(registrationNumber);
  await review.shown(registrationNumber);
  // Away from the tooltip of the connection.
  await page.mouse.move(600, 300);
  const [other = ''] = (await review.slots()).filter((one) => one !== slot);
  await review.lock(other);
  await review.returnImage(slot, ['Q01'], COMMENT);
  await status.waitFor('waiting', 2);

  const colleague = await replaceMeanwhile({ service, accounts }, candidate, [slot], reviewer.account);
  await line.set('clear');
  await status.waitFor('parked', 2);
  // Told in passing: nothing lies over the submission, and its keys go on working.
  await page.getByTestId('notice-conflicts').waitFor();
  await page.locator('[data-testid="conflict-strip"][data-count="2"]').waitFor();
  await expect(page.locator('.ant-modal')).toHaveCount(0);
  await review.press('ArrowRight');

  await conflict.open();
  await conflict.shown('image.lock');
  await conflict.waitForPlace('1/2');
  await conflict.keepable();
  await page.keyboard.press('ArrowDown');
  await conflict.shown('image.return');
  await conflict.waitForPlace('2/2');
  expect(await conflict.words()).toContain(COMMENT);
  await expect(page.getByTestId('conflict-why')).toHaveAttribute('data-code', 'decision.stale_revision');
  await expect(page.getByTestId('conflict-story').locator('li')).toHaveCount(4);
  const [before, after] = await conflict.hashes();
  const held = await heldBy(colleague, candidate);
  const now = held.images.find((image) => image.slot === slot);
  expect(after).toBe(now?.sha256);
  expect(before).toBe(now?.earlier[0]?.sha256);
  // One in the place of the other, and side by side again.
  await page.keyboard.press('KeyC');
  await expect(page.getByTestId('conflict-sides')).toHaveAttribute('data-look', 'before');
  await page.keyboard.press('KeyC');
  await expect(page.getByTestId('conflict-sides')).toHaveAttribute('data-look', 'after');
  await page.keyboard.press('KeyC');
  // Turned together.
  await page.keyboard.press('BracketRight');
  await conflict.keepable();
  await page.keyboard.press('KeyK');
  await conflict.shown('image.lock');
  await conflict.waitForPlace('1/1');
  await conflict.keepable();
  await page.keyboard.press('KeyK');
  await conflict.done();
  await status.waitFor('parked', 0);
  await status.waitFor('sent', 2);

  const judged = (await heldBy(colleague, candidate)).images;
  expect(judged.find((image) => image.slot === slot)).toMatchObject({
    state: 'returned',
    reasons: ['Q01'],
    comment: COMMENT,
    sha256: after,
  });
  expect(judged.find((image) => image.slot === other)?.state).toBe('locked');
  await page.keyboard.press('Escape');
  await review.shown(registrationNumber);
  await review.waitForState(slot, 'returned');
  await line.close();
});

test('a return over two replaced pictures, after a kill: looked at first, dropped, changed, undone, all by key', async ({
  launch,
  reviewer,
  accounts,
  service,
}) => {
  const [, candidate] = withOneBadPicture(await readTruth(service.folder));
  if (!candidate) throw new Error('the sample has too few candidates with one bad picture');
  const { registrationNumber, slot } = candidate;
  const line = await openLine(service.url);
  const first = await launch({ holdMs: 0 });
  const at = { ...reviewer, service: line.url };
  await new SignInPage(first.page).signIn(at);
  await new QueuePage(first.page).shown();
  await line.set('down');
  await new StatusBar(first.page).syncNow();
  await new StatusBar(first.page).offline();
  await new QueuePage(first.page).open(registrationNumber);
  const before = new ReviewPage(first.page);
  await before.shown(registrationNumber);
  // Away from the tooltip of the connection.
  await first.page.mouse.move(600, 300);
  const [other = ''] = (await before.slots()).filter((one) => one !== slot);
  await before.returnImage(slot, ['Q01'], COMMENT);
  await before.openReturn();
  await before.confirmReturn();
  await new StatusBar(first.page).waitFor('waiting', 2);
  await replaceMeanwhile({ service, accounts }, candidate, [slot, other], reviewer.account);
  await line.set('clear');
  await new StatusBar(first.page).waitFor('parked', 2);
  await first.kill();

  const { page } = await launch({ holdMs: 60_000, userData: first.userData });
  const [status, review, conflict] = [new StatusBar(page), new ReviewPage(page), new ConflictPage(page)];
  await new SignInPage(page).signIn(at);
  await new QueuePage(page).resumed();
  await status.waitFor('parked', 2);
  await conflict.open();
  await conflict.shown('image.return');

  // Dropped, and back by undo.
  await page.keyboard.press('Delete');
  await conflict.shown('submission.return');
  await status.waitFor('parked', 1);
  await page.keyboard.press('Control+KeyZ');
  await conflict.shown('image.return');
  await status.waitFor('parked', 2);

  // Changed: the picker has the own words; confirmed it is one decision in the place of the other.
  await conflict.keepable();
  await page.keyboard.press('KeyE');
  await page.getByTestId('reason-picker').waitFor();
  await expect(page.getByTestId('reason-Q01')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('reason-comment')).toHaveValue(COMMENT);
  await page.keyboard.press('Control+Enter');
  await conflict.shown('submission.return');
  await status.waitFor('parked', 1);
  await status.waitFor('waiting', 1);
  // It tells how the new picture was seen beside the old one.
  const newest = await page.evaluate(() => window.desk.decisions({ limit: 1 }));
  expect(newest).toMatchObject({
    value: [{ decision: { viewed: [{ slot, ms: expect.any(Number), percent: expect.any(Number) }] } }],
  });

  // The conclusion can't be kept before both new pictures were on screen.
  await expect(page.getByTestId('conflict-hint')).toHaveAttribute('data-keep', 'false');
  await expect(page.getByTestId('conflict-keep')).toBeDisabled();
  await page.keyboard.press('KeyK');
  const shown = await conflict.slot();
  await page.keyboard.press('KeyN');
  await expect(page.getByTestId('conflict-slot')).not.toHaveAttribute('data-slot', shown ?? '');
  await conflict.keepable();
  await page.keyboard.press('KeyK');
  await conflict.done();
  await status.waitFor('parked', 0);
  await status.waitFor('waiting', 2);
  await page.keyboard.press('Control+KeyZ');
  await conflict.shown('submission.return');
  await status.waitFor('parked', 1);

  // Made anew on the review screen instead: with the words filled in, and settled by it.
  await page.keyboard.press('ArrowRight');
  await conflict.settled();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('KeyE');
  await review.shown(registrationNumber);
  await page.getByTestId('conflict-strip').waitFor();
  await page.keyboard.press('Control+Backspace');
  await page.getByTestId('return-confirm').click();
  await conflict.done();
  await status.waitFor('parked', 0);
  await status.openLog();
  await expect(page.locator('[data-testid="way"][data-state="dismissed"]')).toHaveCount(2);
  await line.close();
});
