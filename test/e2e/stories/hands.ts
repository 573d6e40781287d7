import type { Page } from 'playwright';

/**
 * Hands on a keyboard: presses keys and counts them, a chord as one. `pad` has only the number pad. What the mouse
 * does on the page is noted too, so that a test can say that it did nothing.
 */
export class Hands {
  readonly pad: boolean;
  pressed = 0;
  private readonly page: Page;
  private constructor(page: Page, pad: boolean) {
    this.page = page;
    this.pad = pad;
  }

  static async on(page: Page, { pad = false } = {}): Promise<Hands> {
    await page.evaluate(() => {
      document.documentElement.dataset.clicks = '0';
      const note = () => {
        const { dataset } = document.documentElement;
        dataset.clicks = String(Number(dataset.clicks) + 1);
      };
      window.addEventListener('pointerdown', note, true);
      window.addEventListener('wheel', note, true);
    });
    return new Hands(page, pad);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      if (this.pad && !key.startsWith('Numpad')) throw new Error(`${key} is not on the number pad`);
      await this.page.keyboard.press(key);
      this.pressed += 1;
      // Its menu is looked at before a digit chooses from it.
      if (key === 'Numpad0') await this.page.locator('.pad-menu:focus').waitFor();
    }
  }

  /** Writes a text; every character counts as a key. */
  async write(text: string): Promise<void> {
    if (this.pad) throw new Error('nobody writes on the number pad');
    await this.page.keyboard.type(text);
    this.pressed += text.length;
  }

  /** Clicks, and turns of the wheel, on the page since these hands were put on it. */
  async clicks(): Promise<number> {
    return Number(await this.page.evaluate(() => document.documentElement.dataset.clicks));
  }

  /** What `work` costs in key presses. */
  async count(work: () => Promise<void>): Promise<number> {
    const before = this.pressed;
    await work();
    return this.pressed - before;
  }
}
