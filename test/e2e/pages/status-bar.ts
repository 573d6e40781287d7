import type { Page } from 'playwright';

/** The bottom line of the workstation. */
export class StatusBar {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  readonly online = () => this.page.getByTestId('online').waitFor({ timeout: 60_000 });
  readonly offline = () => this.page.getByTestId('offline').waitFor({ timeout: 60_000 });

  async count(name: 'waiting' | 'sent' | 'parked'): Promise<number> {
    return Number(await this.page.getByTestId(name).getAttribute('data-count'));
  }

  waitFor(name: 'waiting' | 'sent' | 'parked', count: number) {
    return this.page.locator(`[data-testid="${name}"][data-count="${count}"]`).waitFor({ timeout: 60_000 });
  }

  async syncNow(): Promise<void> {
    await this.page.getByTestId('sync-now').click();
  }

  async openLog(): Promise<void> {
    await this.page.getByTestId('decisions-way').click();
    await this.page.getByTestId('decision-log').waitFor();
  }

  async closeLog(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.getByTestId('decision-log').waitFor({ state: 'detached' });
  }
}
