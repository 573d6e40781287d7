import type { Page } from 'playwright';
import { expect, test } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { readTruth } from './truth.ts';

/** Signs in and opens the first clean candidate of the reviewer. */
async function openClean(page: Page, reviewer: { service: string; account: string; password: string }, folder: string) {
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  const { candidates } = await readTruth(folder);
  const clean = candidates.filter(({ site, defects }) => site === '990101' && defects.length === 0);
  const [first, second] = clean;
  if (!first || !second) throw new Error('the sample has too few clean candidates');
  await queue.open(first.registrationNumber);
  const review = new ReviewPage(page);
  await review.shown(first.registrationNumber);
  return { queue, review, first, second, status: new StatusBar(page) };
}

const zoom = (page: Page, pane: number) => page.getByTestId(`pane-${pane}`).getByTestId('zoom');

test('all pictures of a candidate by one key each, then approval and the next candidate', async ({
  desk,
  reviewer,
  service,
}) => {
  const { review, status } = await openClean(desk.page, reviewer, service.folder);
  const before = await review.registration();
  const slots = await review.slots();
  for (const slot of slots) {
    expect(await review.target()).toBe(slot);
    await review.press('Space');
    await review.waitForState(slot, 'locked');
  }
  await review.approve();
  await expect(desk.page.getByTestId('notice')).toContainText('已通过');
  await status.waitFor('sent', slots.length + 1);
  expect(await status.count('parked')).toBe(0);
  await expect(desk.page.getByTestId('review')).not.toHaveAttribute('data-registration', before);
});

test('after a decision the next submission is there at once, and undo comes back', async ({
  launch,
  reviewer,
  service,
}) => {
  const desk = await launch({ prefill: reviewer, holdMs: 60_000 });
  const { queue, review } = await openClean(desk.page, reviewer, service.folder);
  await review.backToQueue();
  await queue.search('');
  await queue.filter('open');
  await desk.page.getByTestId('queue-row').nth(1).waitFor();
  await desk.page.keyboard.press('Home');
  await desk.page.locator('#queue-table').focus();
  await desk.page.keyboard.press('Enter');
  await desk.page.getByTestId('review').waitFor();
  const first = await review.registration();
  await desk.page.getByTestId('refuse').click();
  await desk.page.getByTestId('refusal-E02').click();
  await desk.page.getByTestId('refuse-next').click();
  await desk.page.getByTestId('refuse-confirm').click();
  await expect(desk.page.getByTestId('notice')).toContainText('已拒绝');
  await expect(desk.page.getByTestId('review')).not.toHaveAttribute('data-registration', first);
  await review.press('Control+KeyZ');
  await review.shown(first);
  expect(await review.status()).toBe('pending');
  await new StatusBar(desk.page).waitFor('waiting', 0);
});

test('one candidate on screen: zoom and turns, pins, what is in the way, the masked number', async ({
  desk,
  reviewer,
  service,
}) => {
  const { queue, review, second: next } = await openClean(desk.page, reviewer, service.folder);
  const { page } = desk;

  await test.step('turns and zoom stay with their picture and never reach another', async () => {
    const [first = '', second = ''] = await review.slots();
    await review.layout('1');
    await review.go(first);
    await review.press('BracketRight');
    await expect(page.getByTestId('hold')).toHaveText('90°');
    const whole = Number.parseInt((await zoom(page, 0).textContent()) ?? '', 10);
    await review.press('KeyZ');
    await expect(zoom(page, 0)).toHaveText('100%');
    await review.press('ArrowRight');
    await page.locator(`[data-testid="pane-0"][data-slot="${second}"]`).waitFor();
    await expect(page.getByTestId('hold')).toHaveCount(0);
    await expect(zoom(page, 0)).not.toHaveText('100%');
    await review.press('ArrowLeft');
    await expect(page.getByTestId('hold')).toHaveText('90°');
    await review.press('BracketLeft');
    await expect(page.getByTestId('hold')).toHaveCount(0);
    expect(whole).toBeLessThan(100);
  });

  await test.step('double click, wheel and keys zoom; linked panes follow', async () => {
    await review.layout('2');
    const fitted = await zoom(page, 1).textContent();
    await page.getByTestId('picture-0').dblclick({ position: { x: 60, y: 60 } });
    await expect(zoom(page, 0)).toHaveText('100%');
    await expect(zoom(page, 1)).toHaveText(fitted ?? '');
    await page.getByTestId('picture-0').dblclick({ position: { x: 60, y: 60 } });
    await expect(zoom(page, 0)).not.toHaveText('100%');
    await review.press('KeyY');
    await page.getByTestId('picture-0').hover();
    await page.mouse.wheel(0, -300);
    await expect(zoom(page, 1)).not.toHaveText(fitted ?? '');
    const places = () =>
      page
        .locator('.pane .picture-content')
        .evaluateAll((all) =>
          all
            .map((one) => new DOMMatrix(getComputedStyle(one).transform))
            .map(({ e, f }) => [Math.round(e), Math.round(f)]),
        );
    const [before = [], linked = []] = await places();
    const box = await page.getByTestId('picture-0').boundingBox();
    if (!box) throw new Error('the first pane has no box');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 10, y + 8);
    await page.mouse.move(x + 25, y + 20);
    await page.mouse.up();
    const [dragged = [], followed = []] = await places();
    expect(dragged).toEqual([(before[0] ?? 0) + 25, (before[1] ?? 0) + 20]);
    expect(followed).not.toEqual(linked);
    await review.press('KeyF');
    await expect(zoom(page, 1)).toHaveText(fitted ?? '');
    await review.press('KeyY');
  });

  await test.step('a pinned picture stays while the others step on', async () => {
    await review.layout('2');
    const [first = '', ...others] = await review.slots();
    await review.go(first);
    await review.press('KeyP');
    for (const slot of others.slice(0, 4)) {
      await review.press('ArrowRight');
      await page.locator(`[data-testid="pane-1"][data-slot="${slot}"]`).waitFor();
      await expect(page.getByTestId('pane-0')).toHaveAttribute('data-slot', first);
    }
    await page.getByTestId(`thumb-${others.at(-1)}`).click({ modifiers: ['Shift'] });
    await expect(page.getByTestId('pane-0')).toHaveAttribute('data-slot', first);
  });

  await test.step('approval says exactly what is in the way', async () => {
    const slots = await review.slots();
    const [first = ''] = slots;
    await review.lock(first);
    await review.press('Control+Enter');
    const listed = page.getByTestId('obstacles').locator('li');
    await expect(listed).toHaveCount(slots.length - 1);
    await listed.last().getByRole('button').click();
    expect(await review.target()).toBe(slots.at(-1));
  });

  await test.step('the ID number is masked until asked for, and masked again on the next candidate', async () => {
    const value = page.getByTestId('field-idNumber').locator('.field-value');
    await expect(value).not.toHaveText(/^\d{17}[\dX]/);
    await page.getByTestId('unmask').click();
    await expect(value).toHaveText(/^\d{17}[\dX]|^[A-Z]\d{7,}/);
    await review.backToQueue();
    await queue.open(next.registrationNumber);
    await review.shown(next.registrationNumber);
    await expect(value).not.toHaveText(/^\d{17}[\dX]/);
  });
});

test('keys pressed while the next candidate comes up act on that one, and on nobody before', async ({
  desk,
  reviewer,
  service,
}) => {
  const { review } = await openClean(desk.page, reviewer, service.folder);
  const { page } = desk;
  await review.backToQueue();
  await new QueuePage(page).search('');
  await page.keyboard.press('Home');
  await page.locator('#queue-table').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('review').waitFor();
  const first = await review.registration();
  // One that lies ready, one that does not, and back again: the lock is for whoever is seen last.
  await page.locator('.leaf [data-state="shown"]').first().waitFor({ state: 'attached' });
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Space']) await page.keyboard.press(key, { delay: 0 });
  await page.locator('[data-testid^="thumb-"][data-state="locked"]').first().waitFor();
  const second = await review.registration();
  expect(second).not.toBe(first);
  await expect(page.locator('[data-testid="leaf"][data-over="true"]')).toHaveCount(0);
  await review.press('ArrowUp');
  await review.shown(first);
  await expect(page.locator('[data-testid^="thumb-"][data-state="locked"]')).toHaveCount(0);
  await review.press('ArrowDown');
  await review.shown(second);
  await expect(page.locator('[data-testid^="thumb-"][data-state="locked"]')).toHaveCount(1);
});

test('the queue filters, sorts and searches by keyboard', async ({ desk, reviewer }) => {
  const { page } = desk;
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  const all = await queue.count('all');
  expect(all).toBeGreaterThan(10);
  const byDeadline = await queue.registrations();
  await page.getByTestId('sort-registration').click();
  await expect(page.getByTestId('queue-row').first()).not.toHaveAttribute('data-registration', 'none');
  const byNumber = await queue.registrations();
  expect(byNumber).toEqual([...byNumber].sort());
  expect(new Set(byNumber)).toEqual(new Set(byDeadline));
  const [, , third = ''] = byNumber;
  await page.locator('#queue-table').focus();
  await page.keyboard.press('Slash');
  await page.keyboard.type(third);
  await expect(page.getByTestId('queue-row')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator(`[data-testid="review"][data-registration="${third}"]`).waitFor();
});

test('sign-in says what is wrong', async ({ launch, accounts, service, reviewer }) => {
  const { page } = await launch();
  const signIn = new SignInPage(page);
  await signIn.shown();
  await signIn.signIn({ ...reviewer, password: 'not the password' });
  expect(await signIn.problem()).toBe('session.credentials');
  const [candidate] = accounts.candidates;
  if (!candidate) throw new Error('the sample has no candidate');
  await signIn.signIn({ service: service.url, account: candidate.registrationNumber, password: candidate.password });
  await expect(page.locator('[data-code="session.role"]')).toBeVisible();
  await signIn.signIn({ ...reviewer, service: 'http://127.0.0.1:9' });
  await expect(page.locator('[data-code="network.refused"]')).toBeVisible();
  await signIn.signIn({ ...reviewer, service: 'https://no-such-host.invalid' });
  await expect(page.locator('[data-code="network.address"]')).toBeVisible();
});

test('language and theme change at once and are kept', async ({ launch, reviewer }) => {
  const desk = await launch({ prefill: reviewer });
  await desk.page.getByText('English', { exact: true }).click();
  await expect(desk.page.getByTestId('sign-in')).toHaveText('Sign in');
  await desk.page.evaluate(() => window.desk.changeSettings({ theme: 'dark' }));
  await desk.close();
  const again = await launch({ prefill: reviewer, userData: desk.userData });
  await expect(again.page.getByTestId('sign-in')).toHaveText('Sign in');
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('what was leafed past is given back as soon as the reviewer rests', async ({ desk, reviewer, service }) => {
  const { review } = await openClean(desk.page, reviewer, service.folder);
  const chromium = await desk.page.context().newCDPSession(desk.page);
  const nodes = async () => (await chromium.send('Memory.getDOMCounters')).nodes;
  // At its highest: V8 may think of collecting at any time by itself.
  let most = 0;
  for (let turn = 0; turn < 30; turn += 1) {
    for (const key of ['ArrowDown', 'ArrowUp']) {
      const before = await review.registration();
      await desk.page.keyboard.press(key);
      await expect(desk.page.getByTestId('review')).not.toHaveAttribute('data-registration', before);
    }
    most = Math.max(most, await nodes());
  }
  await expect.poll(nodes).toBeLessThan(most / 2);
});
