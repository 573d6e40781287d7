import type { Page } from 'playwright';
import sharp from 'sharp';
// For the type of window.desk.
import type {} from '../../renderer/api.ts';
import { expect, test } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { readTruth } from './truth.ts';

const zoom = (page: Page, pane: number) => page.getByTestId(`pane-${pane}`).getByTestId('zoom');
const filterIn = (page: Page, pane: number) =>
  page
    .getByTestId(`picture-${pane}`)
    .locator('.picture-image')
    .first()
    .evaluate((image) => getComputedStyle(image).filter);

/**
 * Mean difference of what a pane shows at 100 % from the picture laid over it pixel for pixel, 0 to 255. Any scaling or
 * place between two pixels blurs, and shows here.
 */
async function blurAtActualSize(page: Page, pane: number): Promise<number> {
  const box = await page.getByTestId(`picture-${pane}`).boundingBox();
  if (!box) throw new Error('the pane is not on screen');
  const clip = {
    x: Math.round(box.x + box.width / 2) - 100,
    y: Math.round(box.y + box.height / 2) - 100,
    width: 200,
    height: 200,
  };
  const shown = await page.screenshot({ clip });
  await page.getByTestId(`picture-${pane}`).evaluate(async (element) => {
    const image = element.querySelector<HTMLImageElement>('img[src*="//full/"]');
    if (!image) throw new Error('the picture itself is not on screen');
    const { x, y } = image.getBoundingClientRect();
    const own = new Image();
    own.src = image.src;
    await own.decode();
    const pixels = (css: number) => `${Math.round(css * devicePixelRatio) / devicePixelRatio}px`;
    Object.assign(own.style, { position: 'fixed', zIndex: '9999', left: pixels(x), top: pixels(y), maxWidth: 'none' });
    own.style.width = `${own.naturalWidth / devicePixelRatio}px`;
    own.id = 'own-size';
    document.body.append(own);
  });
  const own = await page.screenshot({ clip });
  await page.evaluate(() => document.getElementById('own-size')?.remove());
  const raw = (png: Buffer) => sharp(png).removeAlpha().raw().toBuffer();
  const [a, b] = await Promise.all([raw(shown), raw(own)]);
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

test('tools of the viewer change what is shown, say so, and reach no other picture', async ({
  desk,
  reviewer,
  service,
}) => {
  const { page } = desk;
  await new SignInPage(page).signIn(reviewer);
  const queue = new QueuePage(page);
  await queue.shown();
  const { candidates } = await readTruth(service.folder);
  const clean = candidates.find(({ site, defects }) => site === '990101' && defects.length === 0);
  if (!clean) throw new Error('the sample has no clean candidate');
  await queue.open(clean.registrationNumber);
  const review = new ReviewPage(page);
  await review.shown(clean.registrationNumber);
  await review.layout('1');
  const [first = '', second = ''] = await review.slots();
  await review.go(first);

  await test.step('adjusted, with a mark, and back by one key', async () => {
    expect(await filterIn(page, 0)).toBe('none');
    await review.press('KeyS');
    await expect(page.getByTestId('adjusted')).toBeVisible();
    expect(await filterIn(page, 0)).toContain('contrast');
    await review.press('Shift+BracketRight');
    await expect(page.getByTestId('hold')).toHaveText('+0.5°');
    await review.press('ArrowRight');
    await page.locator(`[data-testid="pane-0"][data-slot="${second}"]`).waitFor();
    await expect(page.getByTestId('adjusted').or(page.getByTestId('hold'))).toHaveCount(0);
    expect(await filterIn(page, 0)).toBe('none');
    await review.press('ArrowLeft');
    await expect(page.getByTestId('adjusted')).toBeVisible();
    await review.press('KeyD');
    await page.getByTestId('adjust-reset').click();
    await expect(page.getByTestId('adjusted').or(page.getByTestId('hold'))).toHaveCount(0);
    await review.press('Escape');
    await expect(page.getByTestId('adjust-panel')).toHaveCount(0);
  });

  await test.step('the loupe stays when pressed and goes with a key that was held', async () => {
    await review.press('KeyL');
    await expect(page.getByTestId('loupe')).toBeVisible();
    await review.press('KeyL');
    await expect(page.getByTestId('loupe')).toHaveCount(0);
    await page.keyboard.down('KeyL');
    await expect(page.getByTestId('loupe')).toBeVisible();
    await page.waitForFunction(
      (since) => performance.now() - since > 400,
      await page.evaluate(() => performance.now()),
    );
    await page.keyboard.up('KeyL');
    await expect(page.getByTestId('loupe')).toHaveCount(0);
  });

  await test.step('100 % is pixel for pixel, kept for the next picture if wished, and on another screen too', async () => {
    await review.press('Shift+KeyZ');
    await expect(page.getByTestId('keep-view')).toHaveAttribute('aria-pressed', 'true');
    await review.press('KeyZ');
    await expect(zoom(page, 0)).toHaveText('100%');
    await review.settled();
    expect(await blurAtActualSize(page, 0)).toBeLessThan(1);
    await review.press('ArrowRight');
    await page.locator(`[data-testid="pane-0"][data-slot="${second}"]`).waitFor();
    await expect(zoom(page, 0)).toHaveText('100%');
    await review.press('Shift+KeyZ');
    await review.press('ArrowLeft');
    await page.locator(`[data-testid="pane-0"][data-slot="${first}"]`).waitFor();
    await expect(zoom(page, 0)).not.toHaveText('100%');
    await review.press('KeyZ');
    await expect(zoom(page, 0)).toHaveText('100%');
    const devtools = await page.context().newCDPSession(page);
    const metrics = { width: 1366, height: 768, mobile: false };
    await devtools.send('Emulation.setDeviceMetricsOverride', { ...metrics, deviceScaleFactor: 1.5 });
    await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBe(1.5);
    await expect(zoom(page, 0)).toHaveText('100%');
    expect(await blurAtActualSize(page, 0)).toBeLessThan(1);
    await devtools.send('Emulation.clearDeviceMetricsOverride');
    await review.press('KeyF');
  });

  await test.step('a linked pane moves alone while the key is held, and goes on from there', async () => {
    await review.layout('2');
    await review.press('KeyY');
    const fitted = await zoom(page, 1).textContent();
    await page.keyboard.down('KeyH');
    await review.press('Equal');
    await expect(zoom(page, 0)).not.toHaveText(fitted ?? '');
    const alone = await zoom(page, 0).textContent();
    await expect(zoom(page, 1)).toHaveText(fitted ?? '');
    await page.keyboard.up('KeyH');
    await review.press('Equal');
    await expect(zoom(page, 1)).not.toHaveText(fitted ?? '');
    await expect(zoom(page, 0)).not.toHaveText(alone ?? '');
    await review.press('KeyF');
    await expect(zoom(page, 1)).toHaveText(fitted ?? '');
  });

  await test.step('a layout is remembered for a material, and forgotten', async () => {
    await review.press('KeyY');
    await review.layout('1');
    await review.go('M03-1');
    await review.press('Digit2');
    await review.press('Shift+KeyL');
    await expect(page.getByTestId('layout-remembered')).toBeVisible();
    const panes = page.getByTestId('panes');
    await review.go(first);
    await expect(panes).toHaveAttribute('data-layout', '1');
    await review.go('M03-1');
    await expect(panes).toHaveAttribute('data-layout', '2');
    await review.press('Shift+KeyL');
    await review.go(first);
    await review.go('M03-1');
    await expect(panes).toHaveAttribute('data-layout', '1');
    await review.go(first);
  });

  await test.step('the second screen shows the target, in step, and passes its keys on', async () => {
    const { app } = desk;
    if (!app) throw new Error('this app cannot be inspected');
    const opened = app.waitForEvent('window');
    await review.press('F9');
    const second = await opened;
    const pane = second.getByTestId('second-pane');
    await expect(pane.locator('.picture')).toHaveAttribute('data-state', 'shown');
    const name = (await pane.getAttribute('aria-label')) ?? '';
    const fitted = await second.getByTestId('second-zoom').textContent();
    await review.press('Equal');
    await expect(second.getByTestId('second-zoom')).not.toHaveText(fitted ?? '');
    await second.keyboard.press('KeyF');
    await expect(second.getByTestId('second-zoom')).toHaveText(fitted ?? '');
    await second.keyboard.press('KeyS');
    await expect(page.getByTestId('adjusted')).toBeVisible();
    await expect(pane.getByTestId('adjusted')).toBeVisible();
    // A mark that is being placed on the first is seen on the second.
    await second.keyboard.press('KeyQ');
    await page.getByTestId('placing').waitFor();
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key);
    await expect(second.getByTestId('marks-200')).toHaveAttribute('aria-label', /1 中间/);
    await page.keyboard.press('Escape');
    await page.getByTestId('reason-picker').waitFor({ state: 'detached' });
    await expect(second.getByTestId('marks-200')).toHaveCount(0);
    await second.keyboard.press('ArrowRight');
    await expect(pane).not.toHaveAttribute('aria-label', name);
    await expect(pane.getByTestId('adjusted')).toHaveCount(0);
    // It has the locks of the first, and main answers none of its calls.
    const locks = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        const { webContents } = window as unknown as {
          webContents: { getLastWebPreferences: () => Record<string, unknown> };
        };
        const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
          webContents.getLastWebPreferences();
        return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
      }),
    );
    expect(locks).toHaveLength(2);
    expect(locks[1]).toEqual(locks[0]);
    expect(locks[0]).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    expect(await second.evaluate(() => window.desk.settings(undefined))).toMatchObject({ ok: false });
    const closed = second.waitForEvent('close');
    await review.press('F9');
    await closed;
    const again = app.waitForEvent('window');
    await review.press('F9');
    const last = await again;
    const gone = last.waitForEvent('close');
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => !window.webContents.getURL().includes('second'))
        ?.close(),
    );
    await gone;
  });
});
