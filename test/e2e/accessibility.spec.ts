import { openLine } from '../helpers/line.ts';
import { findings } from './axe.ts';
import { expect, test } from './desk.ts';
import { ConflictPage } from './pages/conflict-page.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { testWithCandidates } from './small-district.ts';
import { replaceMeanwhile } from './stories/replaced-meanwhile.ts';
import { readTruth, withOneBadPicture } from './truth.ts';

const small = testWithCandidates(3);

/** What lies over the review screen: the key that opens it, and what is then there. */
const SHEETS = [
  ['KeyD', 'adjust-panel'],
  ['KeyJ', 'note-panel'],
  ['Control+Delete', 'refuse-dialog'],
  ['Control+ArrowDown', 'aside'],
  ['Control+KeyK', 'palette'],
  ['Control+Comma', 'preferences'],
  ['F1', 'shortcut-sheet'],
  ['F2', 'connection-panel'],
  ['F3', 'decision-log'],
  ['F4', 'account-sheet'],
  ['F8', 'proofs'],
] as const;

/** Each theme and each language once: contrast hangs on the theme alone, names and widths on the language alone. */
const LOOKS = [
  { theme: 'light', language: 'zh-CN' },
  { theme: 'dark', language: 'en' },
] as const;

for (const { theme, language } of LOOKS) {
  small(`axe finds nothing serious, ${theme} and ${language}`, async ({ launch, reviewer }) => {
    small.setTimeout(240_000);
    const { page } = await launch({ prefill: reviewer, holdMs: 60_000 });
    const [queue, review] = [new QueuePage(page), new ReviewPage(page)];
    const found: string[] = [];
    const look = async (screen: string) => found.push(...(await findings(page, screen)));
    await new SignInPage(page).shown();
    await page.evaluate((settings) => window.desk.changeSettings(settings), { theme, language });
    await page.reload();
    await new SignInPage(page).shown();
    await look('sign-in');
    await new SignInPage(page).signIn(reviewer);
    await queue.resumed();
    const [first = ''] = await queue.registrations();
    await look('queue');
    await queue.open(first);
    await review.shown(first);
    await look('review');
    await review.layout('4');
    await look('review, four panes');
    const target = (await review.target()) ?? '';
    await review.press('Space');
    await review.waitForState(target, 'locked');
    for (const [key, sheet] of SHEETS) {
      await review.press(key);
      await page.getByTestId(sheet).waitFor();
      await look(sheet);
      await review.press('Escape');
      await page.getByTestId(sheet).waitFor({ state: 'detached' });
    }
    await review.press('KeyR');
    await page.getByTestId('reason-picker').waitFor();
    await page.keyboard.press('Digit1');
    await look('reasons');
    await page.keyboard.press('Enter');
    await page.getByTestId('reason-picker').waitFor({ state: 'detached' });
    await review.openReturn();
    await look('return');
    expect(found).toEqual([]);
  });
}

test('axe finds nothing serious on conflicts, in either theme and language', async ({
  launch,
  reviewer,
  accounts,
  service,
}) => {
  const [candidate] = withOneBadPicture(await readTruth(service.folder));
  if (!candidate) throw new Error('the sample has no candidate with one bad picture');
  const { registrationNumber, slot } = candidate;
  const line = await openLine(service.url);
  const { page } = await launch({ holdMs: 0 });
  await new SignInPage(page).signIn({ ...reviewer, service: line.url });
  const [queue, review, conflict] = [new QueuePage(page), new ReviewPage(page), new ConflictPage(page)];
  await queue.shown();
  await line.set('down');
  await queue.open(registrationNumber);
  await review.shown(registrationNumber);
  await review.returnImage(slot, ['Q01'], '');
  await review.openReturn();
  await review.confirmReturn();
  await replaceMeanwhile({ service, accounts }, candidate, [slot], reviewer.account);
  await line.set('clear');
  await new StatusBar(page).waitFor('parked', 2);
  const found: string[] = [];
  for (const { theme, language } of LOOKS) {
    const look = async (screen: string) => found.push(...(await findings(page, `${theme} ${language} ${screen}`)));
    await page.evaluate((settings) => window.desk.changeSettings(settings), { theme, language });
    await page.reload();
    await queue.resumed();
    await queue.filter('parked');
    await page.getByTestId('queue-conflicts').waitFor();
    await look('queue with conflicts');
    await page.locator('#queue-table').press('Enter');
    await review.shown(registrationNumber);
    await page.getByTestId('conflict-strip').waitFor();
    await look('review with conflicts');
    await conflict.open();
    await conflict.shown('image.return');
    await conflict.keepable();
    await look('conflict of a picture');
    await page.keyboard.press('KeyE');
    await page.getByTestId('reason-picker').waitFor();
    await look('new reasons');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await conflict.shown('submission.return');
    await look('conflict of a conclusion');
  }
  await page.keyboard.press('Delete');
  await conflict.shown('image.return');
  await page.keyboard.press('Delete');
  await conflict.done();
  found.push(...(await findings(page, 'nothing left')));
  expect(found).toEqual([]);
  await line.close();
});
