import type { Page } from 'playwright';
import { findings } from './axe.ts';
import { expect } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { testWithCandidates } from './small-district.ts';

const test = testWithCandidates(12);

/** Signs in and opens the second submission of the queue. */
async function openSecond(page: Page, reviewer: Parameters<SignInPage['signIn']>[0]): Promise<string> {
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  const [, second = ''] = await queue.registrations();
  await queue.open(second);
  await new ReviewPage(page).shown(second);
  return second;
}

/** Whether the desk has noted that a submission is open. */
async function reviewingNoted(page: Page): Promise<boolean> {
  const memory = await page.evaluate(() => window.desk.memory(undefined));
  return memory.ok && typeof memory.value.place?.reviewing === 'string';
}

test('every command is in the palette and in the menu, and says why it may not', async ({ launch, reviewer }) => {
  const { page, app } = await launch({ prefill: reviewer, holdMs: 60_000 });
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  const [first = ''] = await queue.registrations();
  await queue.open(first);
  const review = new ReviewPage(page);
  await review.shown(first);
  const target = (await review.target()) ?? '';

  await page.keyboard.press('Control+KeyK');
  await expect(page.getByTestId('palette-typed')).toBeFocused();
  // Found by its initials, run by Enter.
  await page.keyboard.type('sdtp');
  await expect(page.getByTestId('palette-lock')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await review.waitForState(target, 'locked');

  await page.keyboard.press('Control+KeyK');
  await expect(page.locator('.palette-list [role=option]').first()).toHaveAttribute('data-testid', 'palette-lock');
  await page.keyboard.type('维持');
  await expect(page.getByTestId('palette-keep')).toHaveAttribute('data-why', 'elsewhere');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('palette')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('palette')).toHaveCount(0);

  // The same command from the application menu.
  await app?.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('queue')?.click());
  await queue.shown();
});

test('keys can be changed: clashes are refused by name, hints follow, and the choice stays with the account', async ({
  launch,
  reviewer,
}) => {
  const first = await launch({ prefill: reviewer, holdMs: 60_000 });
  const { page } = first;
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  const [registration = ''] = await queue.registrations();
  await queue.open(registration);
  const review = new ReviewPage(page);
  await review.shown(registration);
  const [, second = ''] = await review.slots();
  await review.go(second);

  await page.keyboard.press('Control+Comma');
  await page.getByRole('tab', { name: '快捷键' }).click();
  const lock = page.getByTestId('keys-lock').locator('.key-chip button').first();
  await lock.click();
  await page.keyboard.press('KeyR');
  await expect(page.getByTestId('keys-said')).toContainText('退回图片');
  await lock.click();
  await page.keyboard.press('Control+F9');
  await expect(lock).toHaveText('Ctrl F9');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('preferences')).toHaveCount(0);
  await expect(page.getByTestId('lock')).toContainText('Ctrl F9');
  expect(await review.target()).toBe(second);
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+F9');
  await review.waitForState(second, 'locked');
  await first.close();

  const again = await launch({ prefill: reviewer, holdMs: 60_000, userData: first.userData });
  await new SignInPage(again.page).signIn(reviewer);
  await again.page.getByTestId('status-bar').waitFor();
  await again.page.keyboard.press('F1');
  await expect(again.page.getByTestId('shortcut-sheet').getByText('Ctrl F9', { exact: true })).toBeVisible();
});

test('undo goes to where it was, across submissions; redo does it again; what is set aside is passed over; a conclusion is taken up again with a reason', async ({
  launch,
  reviewer,
}) => {
  const { page } = await launch({ prefill: reviewer, holdMs: 60_000 });
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  const [first = '', other = ''] = await queue.registrations();
  await queue.open(first);
  const review = new ReviewPage(page);
  await review.shown(first);
  const [, slot = ''] = await review.slots();
  await review.go(slot);
  await page.keyboard.press('Space');
  await review.waitForState(slot, 'locked');
  await page.keyboard.press('ArrowDown');
  await review.shown(other);

  await page.keyboard.press('Control+KeyZ');
  await review.shown(first);
  await review.waitForState(slot, 'open');
  expect(await review.target()).toBe(slot);
  await expect(page.getByTestId('notice')).toContainText('已撤销：锁定');
  await page.keyboard.press('Control+KeyY');
  await review.waitForState(slot, 'locked');
  await expect(page.getByTestId('notice')).toContainText('已重做');

  // Set aside by the number pad alone: passed over on the way, told in the queue, and undone as everything is.
  for (const key of ['Numpad0', 'Numpad6']) await page.keyboard.press(key);
  await page.getByTestId('aside').waitFor();
  await page.keyboard.press('Numpad1');
  await review.shown(other);
  await expect(page.getByTestId('notice')).toContainText('等考生电话回复');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  await queue.shown();
  await expect(queue.row(first).getByTestId('row-aside')).toHaveText('等考生电话回复');
  await queue.waitForCount('aside', 1);
  // What is set aside is not what is left to do now.
  await expect(page.getByTestId('rhythm')).toContainText(`剩 ${(await queue.count('open')) - 1}`);
  await page.keyboard.press('Control+KeyZ');
  await review.shown(first);
  await expect(page.getByTestId('aside-strip')).toHaveCount(0);

  // From the list of the last fifty, the same place again.
  await page.keyboard.press('ArrowDown');
  await review.shown(other);
  await page.keyboard.press('F3');
  await page.getByTestId('way-open').first().click();
  await review.shown(first);
  expect(await review.target()).toBe(slot);

  // Refused, then taken up again with a reason.
  await page.keyboard.press('Control+Delete');
  await page.getByTestId('refuse-dialog').waitFor();
  await page.keyboard.press('Digit1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('refuse-confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await review.shown(other);
  await page.keyboard.press('F3');
  await page.getByTestId('way-open').first().click();
  await review.shown(first);
  expect(await review.status()).toBe('refused');
  await page.keyboard.press('Control+KeyU');
  await expect(page.getByTestId('reopen-reason')).toBeFocused();
  await page.keyboard.type('复核后应继续审核');
  await page.keyboard.press('Enter');
  await review.waitForStatus('pending');
});

test('a session goes on where it was after a crash, with what was being written', async ({ launch, reviewer }) => {
  const first = await launch({ prefill: reviewer, holdMs: 60_000 });
  const second = await openSecond(first.page, reviewer);
  const review = new ReviewPage(first.page);
  await expect(first.page.getByTestId('rhythm')).toContainText('今日 0');
  const [, , slot = ''] = await review.slots();
  await review.layout('1');
  await review.go(slot);
  await first.page.keyboard.press('KeyR');
  await first.page.keyboard.press('Digit1');
  await first.page.getByTestId('reason-comment').fill('右上角被遮挡');
  const remembered = () => first.page.evaluate(() => window.desk.memory(undefined));
  await expect
    .poll(async () => {
      const memory = await remembered();
      return memory.ok && memory.value.place?.draft?.comment;
    })
    .toBe('右上角被遮挡');
  await first.kill();

  const { page } = await launch({ prefill: reviewer, holdMs: 60_000, userData: first.userData });
  await new SignInPage(page).signIn(reviewer);
  await page.getByTestId('reason-picker').waitFor();
  await expect(page.getByTestId('reason-comment')).toHaveValue('右上角被遮挡');
  const again = new ReviewPage(page);
  expect(await again.registration()).toBe(second);
  expect(await again.target()).toBe(slot);
  await expect(page.getByTestId('panes')).toHaveAttribute('data-layout', '1');
});

test('whoever never pauses comes back to the submission as well', async ({ launch, reviewer }) => {
  const { page } = await launch({ prefill: reviewer, holdMs: 60_000 });
  await openSecond(page, reviewer);
  const stepped = async () => {
    // There and back, so that every key moves.
    for (const key of ['ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
    return reviewingNoted(page);
  };
  // Faster than the pause for which changes are gathered.
  await expect.poll(stepped, { intervals: [100], timeout: 15_000 }).toBe(true);
});

test('the tour goes over the real screens by Enter alone, and is offered once', async ({ launch, reviewer }) => {
  const { page } = await launch({ prefill: reviewer, holdMs: 60_000, size: { width: 1366, height: 768 } });
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  await queue.registrations();
  await page.getByTestId('tour-offer').click();
  for (const stop of ['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']) {
    await expect(page.locator('.desk-tour').getByText(stop, { exact: true })).toBeVisible();
    await expect(page.getByTestId('tour-next')).toBeFocused();
    if (stop === '4/7') expect(await findings(page, 'tour')).toEqual([]);
    await page.keyboard.press('Enter');
  }
  await expect(page.locator('.desk-tour')).toHaveCount(0);
  await page.getByTestId('review').waitFor();
  await page.keyboard.press('Escape');
  await queue.shown();
  await expect(page.getByTestId('tour-offer')).toHaveCount(0);
});

test('the tour goes on where nothing may be decided', async ({ launch, reviewer }) => {
  const { page } = await launch({ prefill: reviewer, holdMs: 60_000 });
  const second = await openSecond(page, reviewer);
  const review = new ReviewPage(page);
  await page.keyboard.press('Control+Delete');
  await page.getByTestId('refuse-dialog').waitFor();
  await page.keyboard.press('Digit1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('refuse-confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('F3');
  await page.getByTestId('way-open').first().click();
  await review.shown(second);
  await review.waitForStatus('refused');
  await expect(page.locator('.strip-decide')).toHaveCount(0);
  await page.keyboard.press('Shift+F1');
  for (const stop of ['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']) {
    await expect(page.locator('.desk-tour').getByText(stop, { exact: true })).toBeVisible();
    await expect(page.getByTestId('tour-next')).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(page.locator('.desk-tour')).toHaveCount(0);
});

test('a window in which nothing is drawn any more is opened anew where it was', async ({ launch, reviewer }) => {
  const desk = await launch({ prefill: reviewer, holdMs: 60_000 });
  const { page } = desk;
  await openSecond(page, reviewer);
  await expect.poll(() => reviewingNoted(page)).toBe(true);
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
  });
  await page.keyboard.press('F6');
  // The page that the test knows is gone: the new one is asked through main. No other had its frames taken away.
  const seen = () =>
    desk.app?.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `String(requestAnimationFrame).includes('native') && document.querySelector('[data-testid="review"]')?.textContent`,
      ),
    );
  await expect.poll(() => seen()?.catch(() => ''), { timeout: 30_000 }).toContain('2/12');
});
