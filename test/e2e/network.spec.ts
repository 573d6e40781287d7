import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { findings } from './axe.ts';
import { expect, test } from './desk.ts';
import type { ServiceProcess } from './launch.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { readTruth, withOneBadPicture } from './truth.ts';

const DAY = 86_400_000;

/** The last moment of a day from today, in Beijing. */
function endOf(days: number): string {
  const day = new Date(Date.now() + 8 * 3_600_000 + days * DAY).toISOString().slice(0, 10);
  return new Date(`${day}T23:59:59.999+08:00`).toISOString();
}

/** Sets the end of the review of one submission and of all others; between two runs of the service. */
function setDeadlines(service: ServiceProcess, one: string, its: string, others: string): void {
  const db = new DatabaseSync(join(service.folder, 'service.db'));
  const set = `SET deadline = @end, document = json_set(document, '$.deadline', @end)`;
  db.prepare(`UPDATE submissions ${set} WHERE registration_number <> @one`).run({ one, end: others });
  db.prepare(`UPDATE submissions ${set} WHERE registration_number = @one`).run({ one, end: its });
  db.close();
}

test('cut off: how long, what waits, which deadlines suffer; back again, everything goes to zero', async ({
  launch,
  reviewer,
  service,
}) => {
  test.setTimeout(240_000);
  const [first, second] = withOneBadPicture(await readTruth(service.folder));
  if (!first || !second) throw new Error('the sample has too few such candidates');
  await service.stop();
  setDeadlines(service, first.registrationNumber, endOf(0), endOf(2));
  await service.start();

  const { page, app } = await launch({ holdMs: 0, size: { width: 1366, height: 768 } });
  const status = new StatusBar(page);
  const queue = new QueuePage(page);
  const review = new ReviewPage(page);
  await new SignInPage(page).signIn(reviewer);
  await queue.shown();
  await status.online();
  await service.stop();

  for (const { registrationNumber, slot } of [first, second]) {
    await queue.open(registrationNumber);
    await review.shown(registrationNumber);
    await review.returnImage(slot, ['Q01'], '');
    await review.openReturn();
    await review.confirmReturn();
    await review.backToQueue();
  }
  await status.offline();
  await expect(page.getByTestId('offline')).toHaveAttribute('data-code', 'network.refused');
  await expect(page.getByTestId('bar-risk')).toHaveAttribute('data-level', 'today');

  await page.keyboard.press('F2');
  const panel = page.getByTestId('connection-panel');
  await panel.waitFor();
  await expect(page.getByTestId('line-state')).toHaveText(/^离线 \d+分钟$/);
  await expect(panel.getByTestId('problem')).toHaveAttribute('data-code', 'network.refused');
  await expect(page.getByTestId('unsent-images')).toHaveText('2');
  await expect(page.getByTestId('unsent-returns')).toHaveText('2');
  await expect(page.getByTestId('risk')).toContainText('2 份退回未发送；其中 1 份的补传期限今天截止');
  await expect(page.getByTestId('next-try')).toHaveText(/秒后自动重试|正在重试/);

  for (const { theme, language } of [
    { theme: 'light', language: 'zh-CN' },
    { theme: 'dark', language: 'en' },
  ] as const) {
    await page.evaluate((settings) => window.desk.changeSettings(settings), { theme, language });
    await page.reload();
    await status.offline();
    // Nothing of the status bar is pushed out at the smallest size.
    const right = await page.getByTestId('sign-out').evaluate((button) => button.getBoundingClientRect().right);
    expect(right).toBeLessThanOrEqual(1366);
    expect(await page.getByTestId('status-bar').evaluate((bar) => bar.scrollWidth)).toBeLessThanOrEqual(1366);
    await test.info().attach(`bar-${language}-${theme}`, { body: await page.screenshot(), contentType: 'image/png' });
    await page.keyboard.press('F2');
    await panel.waitFor();
    expect(await findings(page, 'the panel')).toEqual([]);
    await test.info().attach(`panel-${language}-${theme}`, {
      body: await page.screenshot(),
      contentType: 'image/png',
    });
  }
  await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1920, 1080));
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeGreaterThan(1366);
  await test.info().attach('panel-1920', { body: await page.screenshot(), contentType: 'image/png' });
  await expect(page.getByTestId('risk')).toContainText('2 returns unsent; 1 of their re-upload windows closes today');

  await service.start();
  await page.keyboard.press('F5');
  await status.online();
  await page.getByTestId('nothing-waits').waitFor();
  await page.getByTestId('no-risk').waitFor();
  await status.waitFor('waiting', 0);
  await status.waitFor('parked', 0);
  await expect(page.getByTestId('bar-risk')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

test('a network that asks for a login is named, gets nothing of ours, and work goes on behind it', async ({
  launch,
  reviewer,
  service,
}) => {
  const { page } = await launch({ holdMs: 0 });
  const status = new StatusBar(page);
  await new SignInPage(page).signIn(reviewer);
  await new QueuePage(page).shown();
  await status.online();
  const port = Number(new URL(service.url).port);
  await service.stop();
  // Until the service is missed, a request with the session could still be under way to its address.
  await status.offline();

  const seen: string[] = [];
  const portal = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>上网认证</title><form><input type="password"></form>');
  });
  await new Promise<void>((resolve) => portal.listen(port, '127.0.0.1', resolve));
  await page.keyboard.press('F5');
  await expect(page.getByTestId('offline')).toHaveAttribute('data-code', 'network.portal', { timeout: 30_000 });
  await expect(page.getByTestId('offline')).toContainText('网络要求先登录认证');

  const queue = new QueuePage(page);
  const [number = ''] = await queue.registrations();
  await queue.open(number);
  const review = new ReviewPage(page);
  await review.shown(number);
  const [slot = ''] = await review.slots();
  await review.lock(slot);
  await status.waitFor('waiting', 1);
  await page.keyboard.press('F5');
  await expect.poll(() => seen.length, { timeout: 30_000 }).toBeGreaterThan(1);
  expect(new Set(seen)).toEqual(new Set(['GET /v1/health']));

  portal.closeAllConnections();
  await new Promise((resolve) => portal.close(resolve));
  await service.start();
  await page.keyboard.press('F5');
  await status.waitFor('sent', 1);
  await status.online();
});
