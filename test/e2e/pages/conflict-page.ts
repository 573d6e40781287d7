import type { Page } from 'playwright';

/** The conflicts: decisions that were not taken, one after the other. */
export class ConflictPage {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Opens them by key, from the queue or a submission. */
  async open(): Promise<void> {
    await this.page.keyboard.press('KeyX');
    await this.page.getByTestId('conflict').or(this.page.getByTestId('conflicts-done')).waitFor();
  }

  /** Waits until a decision of a kind is on screen and its pictures are painted. */
  async shown(kind: string): Promise<void> {
    await this.page.locator(`[data-testid="conflict-act"][data-kind="${kind}"]`).waitFor();
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        document.querySelector('[data-testid="conflict"] .picture') !== null &&
        document.querySelector('[data-testid="conflict"] .picture[data-state="loading"]') === null,
    );
  }

  /** `2/5`: the place among all. */
  async place(): Promise<string> {
    return (await this.page.getByTestId('conflict-place').textContent()) ?? '';
  }

  waitForPlace(place: string) {
    return this.page.locator(`[data-testid="conflict-place"]:text-is("${place}")`).waitFor();
  }

  /** The own words, as shown. */
  async words(): Promise<string> {
    return (await this.page.getByTestId('conflict-words').textContent()) ?? '';
  }

  /** Hashes of the picture judged and of the one there now; null where there is none. */
  async hashes(): Promise<(string | null)[]> {
    const { page } = this;
    return Promise.all(
      ['conflict-before', 'conflict-after'].map((side) => page.getByTestId(side).getAttribute('data-sha256')),
    );
  }

  /** Waits until the decision can be kept: everything was seen, and the rules allow it. */
  keepable() {
    return this.page.locator('[data-testid="conflict-hint"][data-keep="true"]').waitFor();
  }

  async slot(): Promise<string | null> {
    return this.page.getByTestId('conflict-slot').getAttribute('data-slot');
  }

  readonly done = () => this.page.getByTestId('conflicts-done').waitFor();
}
