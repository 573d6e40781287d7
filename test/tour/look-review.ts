import { QueuePage } from '../e2e/pages/queue-page.ts';
import type { Look } from './look-queue.ts';

/** The review screen with its layouts and tools. */
export async function viewer({ page, shot, review, bad }: Look): Promise<void> {
  await new QueuePage(page).open(bad.registrationNumber);
  await review.shown(bad.registrationNumber);
  await review.go(bad.slot);
  for (const layout of ['1', '4', 'a', '2'] as const) {
    await review.layout(layout);
    await shot(`10-review-${layout}`);
  }
  await review.press('KeyB');
  await shot('11-review-wide');
  await review.press('KeyB');
  await review.press('KeyO');
  await page.getByTestId('checklist').waitFor();
  await shot('12-checklist');
  await review.press('KeyO');
  await review.press('KeyD');
  await page.getByTestId('adjust-panel').waitFor();
  await review.press('Shift+Equal');
  await review.press('Shift+BracketRight');
  await shot('13-adjust');
  await review.press('Digit0');
  await review.press('KeyD');
  await review.press('Shift+KeyG');
  await review.press('KeyL');
  await page.getByTestId('loupe').waitFor();
  await shot('14-loupe-grid');
  await review.press('KeyL');
  await review.press('Shift+KeyG');
}

/** A mark is placed, reasons and words are chosen, the return is read through. */
export async function returning({ page, shot, review, bad }: Look): Promise<void> {
  const [first] = await review.slots();
  if (first) await review.lock(first);
  await review.go(bad.slot);
  await review.press('KeyQ');
  await page.getByTestId('placing').waitFor();
  for (const key of ['ArrowLeft', 'ArrowUp', 'Enter', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown']) {
    await review.press(key);
  }
  await shot('20-placing');
  await review.press('Enter');
  await page.getByTestId('placing').waitFor({ state: 'detached' });
  await shot('21-reasons');
  await page.keyboard.type('bqx');
  await page.getByRole('option').first().waitFor();
  await shot('22-reasons-filtered');
  await review.press('Enter');
  await page.getByTestId('reason-sentence').waitFor();
  await review.press('/');
  await page.getByTestId('phrase-menu').waitFor();
  await shot('23-phrases-menu');
  await review.press('Escape');
  await page.getByTestId('phrase-menu').waitFor({ state: 'detached' });
  await review.press('Backspace');
  await review.press('Control+Enter');
  await review.waitForState(bad.slot, 'returned');
  await review.go(bad.slot);
  await review.settled();
  await shot('24-returned-with-mark');
  await review.openReturn();
  await shot('25-return');
  await review.press('Escape');
  await page.getByTestId('return-dialog').waitFor({ state: 'detached' });
}

/** What else lies over the review screen. */
export async function dialogs({ page, shot, review }: Look): Promise<void> {
  await review.press('KeyG');
  await page.getByTestId('reference-picture').waitFor();
  await shot('30-reference');
  await review.press('KeyG');
  await review.press('KeyJ');
  await page.getByTestId('note-panel').waitFor();
  await page.keyboard.type('与上次的执业证书编号不一致，已电话核实。');
  await shot('31-note');
  await page.keyboard.press('Enter');
  await page.getByTestId('note-panel').waitFor({ state: 'detached' });
  await shot('32-noted');
  await review.press('Control+Delete');
  await page.getByTestId('refuse-dialog').waitFor();
  await shot('33-refuse');
  await page.keyboard.press('Digit1');
  await page.keyboard.press('Enter');
  await shot('34-refuse-question');
  await review.press('Escape');
  await page.getByTestId('refuse-dialog').waitFor({ state: 'detached' });
  await review.press('Control+Enter');
  await page.getByTestId('obstacles').waitFor();
  await shot('35-obstacles');
  await review.press('Escape');
  await page.getByTestId('obstacles').waitFor({ state: 'hidden' });
}
