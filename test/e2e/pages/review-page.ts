import type { Page } from 'playwright';
import type { ReasonCode } from '../../../shared/catalogue/reasons.ts';

/** The review screen of one submission. */
export class ReviewPage {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the submission is on screen and the picture of the target is painted. */
  async shown(registrationNumber: string): Promise<void> {
    await this.page.locator(`[data-testid="review"][data-registration="${registrationNumber}"]`).waitFor();
    await this.settled();
  }

  /** Waits until no pane is still loading. */
  async settled(): Promise<void> {
    await this.page.locator('.picture').first().waitFor();
    await this.page.waitForFunction(() => document.querySelector('.picture[data-state="loading"]') === null);
  }

  async registration(): Promise<string> {
    return (await this.page.getByTestId('review').getAttribute('data-registration')) ?? '';
  }

  async status(): Promise<string | null> {
    return this.page.getByTestId('status').getAttribute('data-status');
  }

  waitForStatus(status: string) {
    return this.page.locator(`[data-testid="status"][data-status="${status}"]`).waitFor({ timeout: 60_000 });
  }

  /** Slots in the order of the strip. */
  async slots(): Promise<string[]> {
    return this.page
      .locator('[data-testid^="thumb-"]')
      .evaluateAll((thumbs) => thumbs.map((thumb) => (thumb.getAttribute('data-testid') ?? '').slice('thumb-'.length)));
  }

  thumb(slot: string) {
    return this.page.getByTestId(`thumb-${slot}`);
  }

  async state(slot: string): Promise<string | null> {
    return this.thumb(slot).getAttribute('data-state');
  }

  waitForState(slot: string, state: string) {
    return this.page.locator(`[data-testid="thumb-${slot}"][data-state="${state}"]`).waitFor({ timeout: 60_000 });
  }

  /** Slot of the picture that keys act on. */
  async target(): Promise<string | null> {
    return this.page.locator('.pane[aria-current="true"]').getAttribute('data-slot');
  }

  async go(slot: string): Promise<void> {
    await this.thumb(slot).click();
    await this.page.locator(`.pane[aria-current="true"][data-slot="${slot}"]`).waitFor();
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Locks the target by key and waits until that is saved. */
  async lock(slot: string): Promise<void> {
    await this.go(slot);
    await this.press('Space');
    await this.waitForState(slot, 'locked');
  }

  async returnImage(slot: string, reasons: readonly ReasonCode[], comment: string): Promise<void> {
    await this.openReasons(slot, reasons, comment);
    await this.confirmReasons(slot);
  }

  async openReasons(slot: string, reasons: readonly ReasonCode[], comment: string): Promise<void> {
    await this.go(slot);
    await this.press('KeyR');
    await this.page.getByTestId('reason-picker').waitFor();
    for (const code of reasons) await this.page.getByTestId(`reason-${code}`).click();
    if (comment) await this.page.getByTestId('reason-comment').fill(comment);
  }

  async confirmReasons(slot: string): Promise<void> {
    await this.page.getByTestId('reason-confirm').click();
    await this.waitForState(slot, 'returned');
  }

  /** Opens the return of the submission and gives the message as shown. */
  async openReturn(): Promise<string> {
    await this.page.getByTestId('return').click();
    return (await this.page.getByTestId('message').textContent()) ?? '';
  }

  async confirmReturn(): Promise<void> {
    await this.page.getByTestId('return-confirm').click();
  }

  async approve(): Promise<void> {
    await this.page.locator('[data-testid="approve"][data-obstacles="0"]').waitFor();
    await this.press('Control+Enter');
  }

  /** Waits until a submission has left the screen: another is there, or the queue. */
  async left(registrationNumber: string): Promise<void> {
    await this.page
      .locator(`[data-testid="review"][data-registration="${registrationNumber}"]`)
      .waitFor({ state: 'detached' });
  }

  /** The failed and warning checks on screen: `id status`, once all pictures were looked at. */
  async checks(): Promise<string[]> {
    await this.page.locator('[data-testid="checks"][aria-busy="false"]').waitFor({ timeout: 60_000 });
    return this.page
      .locator('[data-testid="checks"] .check')
      .evaluateAll((checks) =>
        checks.map((one) => `${one.getAttribute('data-check')} ${one.getAttribute('data-status')}`),
      );
  }

  async layout(key: '1' | '2' | '4' | 'a'): Promise<void> {
    await this.press(key === 'a' ? 'KeyA' : `Digit${key}`);
    await this.settled();
  }

  /** Leaves the submission, if one is open. */
  async backToQueue(): Promise<void> {
    const queue = this.page.getByTestId('queue');
    const back = this.page.getByTestId('back');
    await queue.or(back).first().waitFor();
    // While another submission comes up there is no way back for a moment: the click waits for it.
    if (!(await queue.isVisible())) await back.click();
    await queue.waitFor();
  }
}
