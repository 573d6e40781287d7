import type { Page } from 'playwright';

/** The candidate's own page of the service. */
export class CandidatePage {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async signIn(service: string, registrationNumber: string, password: string): Promise<void> {
    // Another candidate may have used this phone.
    await this.page.context().clearCookies();
    await this.page.goto(`${service}/candidate`);
    await this.page.getByTestId('registration-number').fill(registrationNumber);
    await this.page.getByTestId('password').fill(password);
    await this.page.getByTestId('sign-in').click();
    await this.page.getByTestId('status').waitFor();
  }

  async message(): Promise<string> {
    return (await this.page.getByTestId('message').textContent()) ?? '';
  }

  async status(): Promise<string> {
    return ((await this.page.getByTestId('status').textContent()) ?? '').trim();
  }

  /** Slots that can be replaced now. */
  async unlocked(): Promise<string[]> {
    return this.page
      .locator('[data-testid^="upload-"]')
      .evaluateAll((inputs) =>
        inputs.map((input) => (input.getAttribute('data-testid') ?? '').slice('upload-'.length)),
      );
  }

  /** All slots with a picture. */
  async slots(): Promise<string[]> {
    return this.page
      .locator('[data-testid^="image-"]')
      .evaluateAll((images) => images.map((image) => (image.getAttribute('data-testid') ?? '').slice('image-'.length)));
  }

  /** What stands under a picture: its state in words. */
  async stateOf(slot: string): Promise<string> {
    return ((await this.page.getByTestId(`state-${slot}`).textContent()) ?? '').trim();
  }

  /** Chooses a file for a returned picture; the page uploads it and shows it. */
  async upload(
    slot: string,
    file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
  ): Promise<void> {
    await this.page.getByTestId(`upload-${slot}`).setInputFiles(file);
    await this.page.locator(`[data-testid="state-${slot}"]`, { hasText: '待提交' }).waitFor();
  }

  async submit(): Promise<void> {
    await this.page.getByTestId('submit').click();
    await this.page.locator('[data-testid="status"]', { hasText: '待审核' }).waitFor();
  }

  async refresh(): Promise<void> {
    await this.page.reload();
    await this.page.getByTestId('status').waitFor();
  }
}
