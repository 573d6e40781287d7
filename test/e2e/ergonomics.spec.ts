import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Act } from '../../shared/decision.ts';
import { Submission } from '../../shared/submission.ts';
import { decisionOn, send } from '../factories/running-service.ts';
import { returning } from '../factories/submission.ts';
import { readRecords } from '../faults/records.ts';
import { tinyPicture } from '../helpers/district.ts';
import { expect } from './desk.ts';
import { ROOT } from './launch.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { testWithCandidates } from './small-district.ts';
import { Hands } from './stories/hands.ts';
import { colleagueOf, uploadAgain } from './stories/replaced-meanwhile.ts';

const PICTURES = 12;
const test = testWithCandidates(8, PICTURES);

/** Our column of the table in `docs/ergonomics.md`: key presses by task. */
function written(): Record<string, number> {
  const lines = readFileSync(join(ROOT, 'docs/ergonomics.md'), 'utf8').split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, task, ours] = /^\| ([a-z][^|]*?) \| \*\*(\d+)\*\* \|/.exec(line) ?? [];
      return task && ours ? [[task, Number(ours)]] : [];
    }),
  );
}

test('five standard tasks cost as many keys as is written, and no click', async ({
  desk,
  reviewer,
  service,
  accounts,
}) => {
  test.setTimeout(240_000);
  const { page } = desk;
  // One candidate has uploaded a picture again that a colleague had returned.
  const colleague = await colleagueOf({ service, accounts }, reviewer.account);
  const again = readRecords(service.folder).submissions.at(-1);
  if (!again) throw new Error('the district is empty');
  const slot = 'M03-1';
  const decide = async (act: (of: Submission) => Act) => {
    const of = await colleague.get(`/v1/submissions/${again.id}`, Submission);
    const [answer] = await send(colleague, decisionOn(of, act(of)));
    expect(answer?.outcome).toBe('applied');
  };
  for (const image of again.images) {
    if (image.slot !== slot) await decide(() => ({ kind: 'image.lock', slot: image.slot, sha256: image.sha256 }));
  }
  await decide((of) => returning(of, [slot], { reasons: ['Q01'], comment: '' }));
  await uploadAgain({ service, accounts }, again.registrationNumber, { [slot]: await tinyPicture(7_777) });

  const [queue, review] = [new QueuePage(page), new ReviewPage(page)];
  await new SignInPage(page).signIn(reviewer);
  await queue.shown();
  const hands = await Hands.on(page);
  /** Opens the next candidate that nobody has judged, and counts what it takes until another is on screen. */
  const cost = async (work: () => Promise<void>, number?: string): Promise<number> => {
    await review.backToQueue();
    await queue.filter('open');
    const found = number ?? (await queue.registrations()).find((one) => one !== again.registrationNumber) ?? '';
    await queue.open(found);
    await review.shown(found);
    if (!number) expect(await review.slots()).toHaveLength(PICTURES);
    return hands.count(async () => {
      await work();
      await review.left(found);
    });
  };
  const lock = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const target = (await review.target()) ?? '';
      await hands.press('Space');
      await review.waitForState(target, 'locked');
    }
  };
  const giveBack = async (code: string) => {
    const target = (await review.target()) ?? '';
    await hands.press('KeyR');
    const digit = await page.getByTestId(`reason-${code}`).locator('.kbd').textContent();
    await hands.press(`Digit${digit}`, 'Enter');
    await review.waitForState(target, 'returned');
  };
  const conclude = async () => {
    await hands.press('Control+Enter');
    await expect(page.getByTestId('return-confirm')).toBeFocused();
    await hands.press('Enter');
  };
  const oneBack = (code: string) => async () => {
    await lock(4);
    await giveBack(code);
    await lock(PICTURES - 5);
    await conclude();
  };

  const counted = {
    'all twelve in order': await cost(async () => {
      await lock(PICTURES);
      await hands.press('Control+Enter');
    }),
    'one image blurred': await cost(oneBack('Q01')),
    'one image in the wrong slot': await cost(oneBack('N16')),
    'a re-upload compared with what it replaces': await cost(async () => {
      expect(await review.target()).toBe(slot);
      await page.getByTestId('compare-view').waitFor();
      await hands.press('Space');
      await review.waitForState(slot, 'locked');
      await hands.press('Control+Enter');
    }, again.registrationNumber),
    refused: await cost(async () => {
      await hands.press('Control+Delete');
      await page.getByTestId('refuse-dialog').waitFor();
      await hands.press('Digit1', 'Enter');
      await expect(page.getByTestId('refuse-confirm')).toBeFocused();
      await hands.press('Enter');
    }),
  };
  expect(counted).toEqual(written());
  expect(counted['all twelve in order']).toBeLessThanOrEqual(14);
});
