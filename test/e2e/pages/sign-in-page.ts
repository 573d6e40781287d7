import type { Page } from 'playwright';

/** The first page of the workstation. */
export class SignInPage {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  readonly shown = () => this.page.getByTestId('sign-in').waitFor();

  async signIn(entry: {
    readonly service: string;
    readonly account: string;
    readonly password: string;
  }): Promise<void> {
    await this.page.getByTestId('service').fill(entry.service);
    await this.page.getByTestId('account').fill(entry.account);
    await this.page.getByTestId('password').fill(entry.password);
    await this.page.getByTestId('sign-in').click();
  }

  /** Code of the problem that is shown. */
  async problem(): Promise<string | null> {
    const shown = this.page.getByTestId('problem');
    await shown.waitFor();
    return shown.getAttribute('data-code');
  }
}
