import type { Page } from 'playwright';

/** The queue, and the first sync before it. */
export class QueuePage {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Waits through the first sync until the queue shows by itself. */
  readonly shown = () => this.page.getByTestId('queue').waitFor({ timeout: 120_000 });
  /** After a restart the session goes on where it was; waits for that, and goes back to the queue from a submission. */
  async resumed(): Promise<void> {
    await this.page.locator('[data-testid="queue"], [data-testid="review"]').waitFor({ timeout: 120_000 });
    if (!(await this.page.getByTestId('queue').isVisible())) await this.page.getByTestId('back').click();
    await this.shown();
  }
  readonly firstSync = () => this.page.getByTestId('first-sync').waitFor();

  async count(filter: string): Promise<number> {
    const text = await this.page.getByTestId(`count-${filter}`).textContent();
    return Number(text);
  }

  async waitForCount(filter: string, count: number): Promise<void> {
    await this.page.locator(`[data-testid="count-${filter}"]:text-is("${count}")`).waitFor({ timeout: 60_000 });
  }

  async filter(name: string): Promise<void> {
    await this.page.getByTestId(`filter-${name}`).click();
  }

  async search(text: string): Promise<void> {
    await this.page.getByTestId('search').fill(text);
  }

  row(registrationNumber: string) {
    return this.page.locator(`[data-testid="queue-row"][data-registration="${registrationNumber}"]`);
  }

  async registrations(): Promise<string[]> {
    await this.page.getByTestId('queue-row').first().waitFor();
    return this.page
      .getByTestId('queue-row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-registration') ?? ''));
  }

  /** Finds a submission by its number, then opens it amid all the others, so that there is a next one. */
  async open(registrationNumber: string): Promise<void> {
    await this.filter('all');
    await this.search(registrationNumber);
    await this.row(registrationNumber).click();
    await this.search('');
    await this.page.getByTestId('queue-row').nth(1).waitFor();
    await this.page.locator('#queue-table').press('Enter');
  }
}
