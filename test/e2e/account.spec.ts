import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { openLine } from '../helpers/line.ts';
import { expect, test } from './desk.ts';
import { ROOT } from './launch.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';

const NEXT = 'Another-2026-desk';

/** The administrator resets a password, beside the running service. */
function reset(folder: string, account: string): string {
  const args = [join(ROOT, 'service', 'main.ts'), '--data', folder, '--reset-password', account];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
  return /New password: (\S+)/.exec(output)?.[1] ?? '';
}

async function lockOne(page: Page): Promise<void> {
  const queue = new QueuePage(page);
  const [number = ''] = await queue.registrations();
  await queue.open(number);
  const review = new ReviewPage(page);
  await review.shown(number);
  const [slot = ''] = await review.slots();
  await review.lock(slot);
  await new StatusBar(page).waitFor('waiting', 1);
  await review.backToQueue();
}

/** Serious findings of axe on what is shown. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id);
}

test('the password is changed in the app, and opens service and data from then on', async ({
  launch,
  reviewer,
}, info) => {
  const { page, userData, close } = await launch({ holdMs: 60_000 });
  await new SignInPage(page).signIn(reviewer);
  await new QueuePage(page).shown();
  await lockOne(page);
  await page.getByTestId('account-open').click();
  await page.getByTestId('account-sheet').waitFor();
  // Here is no key store of the system, which is said.
  await expect(page.getByTestId('protection')).toHaveAttribute('data-protection', 'password');
  await info.attach('account.png', { body: await page.screenshot(), contentType: 'image/png' });
  expect(await findings(page)).toEqual([]);
  await page.getByTestId('password-current').fill('not it');
  await page.getByTestId('password-next').fill('weak');
  await page.getByTestId('password-repeat').fill(NEXT);
  await expect(page.getByTestId('password-save')).toBeDisabled();
  await page.getByTestId('password-next').fill(NEXT);
  await page.getByTestId('password-save').click();
  await expect(page.getByTestId('account-sheet').getByTestId('problem')).toHaveAttribute(
    'data-code',
    'password.current',
  );
  await info.attach('account-wrong.png', { body: await page.screenshot(), contentType: 'image/png' });
  await page.getByTestId('password-current').fill(reviewer.password);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('notice')).toContainText('密码已修改');
  await page.getByTestId('account-sheet').waitFor({ state: 'detached' });
  await close();

  const again = await launch({ holdMs: 60_000, userData });
  await new SignInPage(again.page).signIn(reviewer);
  expect(await new SignInPage(again.page).problem()).toBe('session.credentials');
  await new SignInPage(again.page).signIn({ ...reviewer, password: NEXT });
  await new QueuePage(again.page).shown();
  await new StatusBar(again.page).waitFor('waiting', 1);
});

test('a page that is read anew while a sign-in is under way shows the work all the same', async ({
  launch,
  reviewer,
}) => {
  const { page } = await launch({});
  await new SignInPage(page).shown();
  // Whoever comes while the page is between two lives is told to neither of them.
  for (const after of [0, 100, 200, 300, 400]) {
    await page.evaluate((entry) => void window.desk.signIn(entry).catch(() => undefined), reviewer);
    await pause(after);
    await page.reload();
    await new QueuePage(page).shown();
    await page.evaluate(() => window.desk.signOut(undefined));
    await new SignInPage(page).shown();
  }
});

test('after a reset the data comes back by the administrator’s key, unsent decisions and all', async ({
  launch,
  reviewer,
  service,
}, info) => {
  const line = await openLine(service.url);
  try {
    const through = { ...reviewer, service: line.url };
    const first = await launch({ holdMs: 60_000 });
    await new SignInPage(first.page).signIn(through);
    await new QueuePage(first.page).shown();
    await expect(first.page.getByTestId('password-only')).toBeVisible();
    await lockOne(first.page);
    await first.close();

    const password = reset(service.folder, reviewer.account);
    const { page } = await launch({ holdMs: 60_000, userData: first.userData });
    await line.set({ holdsBack: '/v1/recovery' });
    await new SignInPage(page).signIn({ ...through, password });
    await expect(page.getByTestId('recovering')).toBeVisible();
    line.release();
    await expect(page.getByTestId('notice')).toContainText('已取回本机资料');
    await info.attach('recovered.png', { body: await page.screenshot(), contentType: 'image/png' });
    await new StatusBar(page).waitFor('waiting', 1);
    await expect(page.getByTestId('password-only')).toHaveCount(0);
  } finally {
    await line.close();
  }
});

test('data that nobody can open is named, kept, and set aside only when that is typed', async ({
  launch,
  reviewer,
  service,
}, info) => {
  const first = await launch({ holdMs: 60_000 });
  await new SignInPage(first.page).signIn(reviewer);
  await new QueuePage(first.page).shown();
  await lockOne(first.page);
  await first.close();
  const password = reset(service.folder, reviewer.account);
  await service.stop();
  await rename(join(service.folder, 'recovery-key.pem'), join(service.folder, 'lost.pem'));
  await service.start();

  const { page, userData } = await launch({ userData: first.userData });
  const profiles = join(userData, 'profiles');
  const signIn = new SignInPage(page);
  await signIn.signIn({ ...reviewer, password });
  expect(await signIn.problem()).toBe('recovery.key');
  await info.attach('unopened.png', { body: await page.screenshot(), contentType: 'image/png' });
  expect(await findings(page)).toEqual([]);
  await page.getByTestId('start-anew').click();
  await page.getByTestId('start-anew-dialog').waitFor();
  await expect(page.getByTestId('start-anew-confirm')).toBeDisabled();
  await page.getByTestId('start-anew-account').fill(reviewer.account);
  await info.attach('start-anew.png', { body: await page.screenshot(), contentType: 'image/png' });
  expect(await findings(page)).toEqual([]);
  expect(readdirSync(profiles)).toHaveLength(1);
  await page.getByTestId('start-anew-confirm').click();
  await expect(page.getByTestId('notice')).toContainText('旧资料原样封存');
  await new QueuePage(page).shown();
  expect(readdirSync(profiles)).toHaveLength(2);
  await new StatusBar(page).waitFor('waiting', 0);
});
