import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import { generateReplacement } from '../../../service/sample/district.ts';
import { groupOf, type ReasonCode } from '../../../shared/catalogue/reasons.ts';
import { Slot } from '../../../shared/ids.ts';
import { Submission } from '../../../shared/submission.ts';
import type { Accounts, LaunchedDesk, ServiceProcess } from '../launch.ts';
import { CandidatePage } from '../pages/candidate-page.ts';
import { QueuePage } from '../pages/queue-page.ts';
import { ReviewPage } from '../pages/review-page.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { StatusBar } from '../pages/status-bar.ts';
import type { Phone } from '../phone.ts';
import { type Planted, readTruth, withOneBadPicture } from '../truth.ts';

/** Does one step and shows it: the picture taken is of `page`. */
export type Step = <T>(name: string, page: Page, act: () => Promise<T>) => Promise<T>;

export type Scene = {
  readonly service: ServiceProcess;
  readonly accounts: Accounts;
  readonly reviewer: { readonly service: string; readonly account: string; readonly password: string };
  readonly desk: LaunchedDesk;
  readonly phone: Phone;
  readonly step: Step;
};

/** A second reason that fits a picture beside the planted one. */
const second = (reason: ReasonCode): ReasonCode => (reason === 'Q03' ? 'Q02' : 'Q03');
const COMMENT = '请在明亮处正对材料拍摄，四角都要在画面内';

/** The submission as the service holds it. */
async function asTheServiceHoldsIt({ reviewer }: Scene, id: string): Promise<Submission> {
  const signIn = await fetch(`${reviewer.service}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: reviewer.account, password: reviewer.password }),
  });
  const { token } = (await signIn.json()) as { token: string };
  const answer = await fetch(`${reviewer.service}/v1/submissions/${id}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return Submission.parse(await answer.json());
}

/** Signs in and waits through the first sync to the queue. */
export async function toTheQueue({ desk, reviewer, step }: Scene): Promise<void> {
  const { page } = desk;
  const queue = new QueuePage(page);
  await step('sign-in', page, () => new SignInPage(page).shown());
  await step('signed in, syncing', page, async () => {
    await new SignInPage(page).signIn(reviewer);
    await queue.firstSync();
  });
  await step('synced: the queue', page, async () => {
    await queue.shown();
    await page.getByTestId('queue-row').first().waitFor();
  });
}

async function lockAllBut({ desk }: Scene, slot: string): Promise<void> {
  const review = new ReviewPage(desk.page);
  for (const other of await review.slots())
    if (other !== slot && (await review.state(other)) === 'open') await review.lock(other);
}

/** Reviews a submission with one bad picture and returns it. Gives the message that was shown. */
async function returnIt(scene: Scene, candidate: Planted & { slot: string }): Promise<string> {
  const { desk, step } = scene;
  const { page } = desk;
  const review = new ReviewPage(page);
  const [defect] = candidate.defects;
  if (!defect) throw new Error('the candidate has no planted defect');
  await step('a submission with a defect', page, async () => {
    await new QueuePage(page).open(candidate.registrationNumber);
    await review.shown(candidate.registrationNumber);
    await review.go(candidate.slot);
    await review.settled();
  });
  await step('the pictures in order are locked', page, () => lockAllBut(scene, candidate.slot));
  await step('two reasons and a comment for the bad one', page, () =>
    review.openReasons(candidate.slot, [defect.reason, second(defect.reason)], COMMENT),
  );
  await step('it is marked for return', page, () => review.confirmReasons(candidate.slot));
  const message = await step('the message as the candidate will read it', page, () => review.openReturn());
  expect(message).toContain(COMMENT);
  expect(groupOf(defect.reason)).not.toBe('E');
  await step('the submission is returned, the next one is there', page, async () => {
    await review.confirmReturn();
    await page.getByTestId('notice').waitFor();
  });
  return message;
}

/** The candidate reads the very message, finds one picture unlocked and the others locked, and uploads a better one. */
async function candidateAnswers(scene: Scene, candidate: Planted & { slot: string }, message: string): Promise<void> {
  const { accounts, phone, reviewer, step, service } = scene;
  const account = accounts.candidates.find(
    ({ registrationNumber }) => registrationNumber === candidate.registrationNumber,
  );
  if (!account) throw new Error('the candidate has no account');
  const page = new CandidatePage(phone.page);
  await step('the candidate reads exactly that message', phone.page, async () => {
    await page.signIn(reviewer.service, account.registrationNumber, account.password);
    expect(await page.message()).toBe(message);
    expect(await page.unlocked()).toEqual([candidate.slot]);
    for (const slot of await page.slots()) {
      expect(await page.stateOf(slot)).toContain(slot === candidate.slot ? '已退回' : '已锁定');
    }
  });
  const { seed, today } = await readTruth(service.folder);
  const buffer = await generateReplacement({
    seed,
    today,
    candidate: candidate.registrationNumber,
    slot: Slot.parse(candidate.slot),
  });
  await step('the candidate uploads a better picture', phone.page, () =>
    page.upload(candidate.slot, { name: 'again.jpg', mimeType: 'image/jpeg', buffer }),
  );
  await step('the candidate submits again', phone.page, () => page.submit());
}

/** The re-upload is compared, locked, and the submission approved. */
async function approveIt(scene: Scene, candidate: Planted & { slot: string }): Promise<void> {
  const { desk, step } = scene;
  const { page } = desk;
  const review = new ReviewPage(page);
  await step('the re-upload stands in the queue', page, async () => {
    await review.backToQueue();
    await new StatusBar(page).syncNow();
    const queue = new QueuePage(page);
    await queue.filter('resubmitted');
    await queue.search(candidate.registrationNumber);
    await queue.row(candidate.registrationNumber).waitFor({ timeout: 60_000 });
  });
  await step('the new picture beside the old one', page, async () => {
    await new QueuePage(page).row(candidate.registrationNumber).getByTestId('open').click();
    await review.shown(candidate.registrationNumber);
    await review.go(candidate.slot);
    // It opens by itself: the picture is looked at for the first time.
    await page.getByTestId('compare-view').waitFor();
    const [before, after] = [page.getByTestId('compare-before'), page.getByTestId('compare-after')];
    await before.locator('.picture[data-state="shown"], .picture[data-state="broken"]').waitFor();
    await after.locator('.picture[data-state="shown"]').waitFor();
    expect(await before.getAttribute('data-sha256')).not.toBe(await after.getAttribute('data-sha256'));
    await expect(page.getByTestId('compare-said')).toContainText(COMMENT);
  });
  await step('it is locked', page, async () => {
    await page.getByTestId('compare-fixed').click();
    await review.waitForState(candidate.slot, 'locked');
    await page.getByTestId('compare-view').waitFor({ state: 'detached' });
  });
  await step('approved', page, async () => {
    await review.approve();
    await page.getByTestId('notice').waitFor();
  });
}

/**
 * The reviewer's job from end to end on one submission, and the candidate's side of it. With `outage` the service is
 * stopped before the review and started again after the return was decided.
 */
export async function mainJob(scene: Scene, { outage }: { readonly outage: boolean }): Promise<void> {
  const { desk, service, step } = scene;
  const candidates = withOneBadPicture(await readTruth(service.folder));
  const candidate = candidates[outage ? 1 : 0];
  if (!candidate) throw new Error('the sample has too few candidates with one bad picture');
  const status = new StatusBar(desk.page);
  if (outage) {
    await step('the service is stopped: offline', desk.page, async () => {
      await service.stop();
      await status.syncNow();
      await status.offline();
    });
  }
  const message = await returnIt(scene, candidate);
  if (outage) {
    await step('decisions wait', desk.page, async () => {
      expect(await status.count('waiting')).toBeGreaterThan(0);
      await status.openLog();
    });
    await step('the service is back: all is sent', desk.page, async () => {
      await status.closeLog();
      await service.start();
      await status.online();
      await status.waitFor('waiting', 0);
    });
  } else {
    await status.waitFor('waiting', 0);
  }
  expect(await status.count('parked')).toBe(0);
  await candidateAnswers(scene, candidate, message);
  await approveIt(scene, candidate);
  await step('the service says 考点通过', scene.phone.page, async () => {
    const service = () => asTheServiceHoldsIt(scene, candidate.submissionId);
    await expect.poll(async () => (await service()).status, { timeout: 30_000 }).toBe('site_approved');
    await status.waitFor('waiting', 0);
    const held = await service();
    expect(held.images.every(({ state }) => state === 'locked')).toBe(true);
    const page = new CandidatePage(scene.phone.page);
    await page.refresh();
    expect(await page.status()).toContain('考点通过');
  });
}
