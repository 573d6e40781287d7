import type { Look } from './look-queue.ts';

/** What lies over any page: opened by key, looked at, closed. */
export async function sheets({ page, shot, review }: Look): Promise<void> {
  const sheet = async (key: string, id: string, name: string, inside?: () => Promise<void>) => {
    await review.press(key);
    await page.getByTestId(id).waitFor();
    await shot(name);
    await inside?.();
    await review.press('Escape');
    await page.getByTestId(id).waitFor({ state: 'hidden' });
  };
  await sheet('Control+KeyK', 'palette', '40-palette');
  await review.press('Control+KeyK');
  await page.getByTestId('palette-typed').fill('t');
  await shot('41-palette-typed');
  await review.press('Escape');
  await page.getByTestId('palette').waitFor({ state: 'hidden' });
  await sheet('F1', 'shortcut-sheet', '42-shortcuts');
  await sheet('F2', 'connection-panel', '43-connection');
  await sheet('F3', 'decision-log', '44-decisions');
  await sheet('F4', 'account-sheet', '45-account');
  await sheet('F8', 'proofs', '46-proofs', async () => {
    await page.getByTestId('start-proofs').click();
    await page.locator('[data-testid="proof-outcome"][data-outcome="proven"]').waitFor();
    await shot('46-proofs-done');
  });
  await sheet('Control+Comma', 'preferences', '47-preferences', async () => {
    const tabs = page.locator('.preferences-box [role="tab"]');
    await tabs.nth(2).click();
    await page.getByTestId('keys-lock').waitFor();
    await page.getByTestId('keys-returnImage').locator('.key-chip button').first().click();
    await shot('48-keys');
    // Taken by another command: refused with its name.
    await review.press('KeyC');
    await shot('48-keys-refused');
    await tabs.nth(1).click();
    await page.getByTestId('phrase-new').waitFor();
    await page.getByTestId('phrase-new').fill('{姓名}的{材料}请拍原件，四角都要在画面内');
    await page.getByTestId('phrase-add').click();
    await shot('49-phrases');
  });
  await sheet('Numpad0', 'pad-1', '49-pad-menu');
}

/** The window of the second screen, beside the main one. */
export async function secondScreen({ desk, review }: Look, path: string): Promise<void> {
  const opened = desk.app?.waitForEvent('window');
  await review.press('F9');
  const second = await opened;
  if (!second) throw new Error('there is no second window');
  await second.getByTestId('second-pane').first().waitFor();
  await second.waitForFunction(() => document.querySelector('.picture[data-state="loading"]') === null);
  await second.screenshot({ path });
  // The picture of the others is that of the only window.
  const closed = second.waitForEvent('close');
  await review.press('F9');
  await closed;
}
