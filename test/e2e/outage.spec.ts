import { setTimeout as pause } from 'node:timers/promises';
import type { ActKind } from '../../shared/decision.ts';
import { readRecords } from '../faults/records.ts';
import { openLine } from '../helpers/line.ts';
import { expect } from './desk.ts';
import type { LaunchedDesk } from './launch.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { testWithCandidates } from './small-district.ts';

const REVIEWED = 30;
/** After so many submissions the computer is switched off: once amid two key presses, once right after a "saved". */
const OFF_AMID = 9;
const OFF_AFTER = 20;
/** Everything has to be at the service this long after the network is back, ms. */
const LIMIT = 30_000;
const COMMENT = '请在明亮处正对材料重新拍摄';

/** What the screen has shown as saved. */
type Shown = { readonly kind: ActKind; readonly number: string; readonly slot: string | null };

const test = testWithCandidates(REVIEWED + 2);

/** A reviewer at work: notes what the screen shows as saved, and nothing else. */
class Reviewer {
  readonly shown: Shown[] = [];
  private desk: LaunchedDesk;
  constructor(desk: LaunchedDesk) {
    this.desk = desk;
  }

  private get review(): ReviewPage {
    return new ReviewPage(this.desk.page);
  }

  /** Goes on at a computer that was started again. */
  sitDown(desk: LaunchedDesk): void {
    this.desk = desk;
  }

  async lock(number: string, slots: readonly string[]): Promise<void> {
    for (const slot of slots) {
      if ((await this.review.state(slot)) === 'locked') continue;
      await this.review.lock(slot);
      this.shown.push({ kind: 'image.lock', number, slot });
    }
  }

  /** Locks two pictures without looking, and leaves the second key press to its fate; their slots in order. */
  async lockBlindly(): Promise<string[]> {
    const first = (await this.review.target()) ?? '';
    await this.review.press('Space');
    const second = (await this.review.target()) ?? '';
    await this.review.press('Space');
    return [first, second];
  }

  async approve(number: string): Promise<void> {
    await this.review.approve();
    await this.review.left(number);
    this.shown.push({ kind: 'submission.approve', number, slot: null });
  }

  async sendBack(number: string, slot: string): Promise<void> {
    await this.review.returnImage(slot, ['Q03'], COMMENT);
    this.shown.push({ kind: 'image.return', number, slot });
    await this.review.press('Control+Backspace');
    await this.desk.page.getByTestId('return-confirm').waitFor();
    await this.review.press('Control+Enter');
    await this.review.left(number);
    this.shown.push({ kind: 'submission.return', number, slot: null });
  }

  async refuse(number: string): Promise<void> {
    const { page } = this.desk;
    await this.review.press('Control+Delete');
    for (const step of ['refusal-E01', 'refuse-next', 'refuse-confirm']) await page.getByTestId(step).click();
    await this.review.left(number);
    this.shown.push({ kind: 'submission.refuse', number, slot: null });
  }

  /** The n-th submission: most are in order, some go back, a few are refused or left half done. */
  async judge(number: string, n: number): Promise<void> {
    await this.review.shown(number);
    const slots = await this.review.slots();
    const [first = '', ...others] = slots;
    switch (n % 6) {
      case 1:
      case 4:
        await this.lock(number, others.slice(0, 2));
        return this.sendBack(number, first);
      case 3:
        return this.refuse(number);
      case 5:
        return this.lock(number, others.slice(0, 3));
      default:
        await this.lock(number, slots);
        return this.approve(number);
    }
  }
}

test('an outage of thirty submissions and two power cuts: all arrives once, in order, by itself', async ({
  launch,
  reviewer: account,
  service,
}) => {
  // About a minute on two cores of its own.
  test.setTimeout(480_000);
  const line = await openLine(service.url);
  const entry = { ...account, service: line.url };
  let desk = await launch({ holdMs: 300 });
  const { userData } = desk;
  const reviewer = new Reviewer(desk);
  await new SignInPage(desk.page).signIn(entry);
  await new QueuePage(desk.page).shown();
  const numbers = readRecords(service.folder)
    .submissions.map(({ registrationNumber }) => registrationNumber)
    .sort();
  await line.set('down');
  await new StatusBar(desk.page).syncNow();
  await new StatusBar(desk.page).offline();

  const startAgain = async () => {
    await desk.kill();
    desk = await launch({ holdMs: 300, userData });
    reviewer.sitDown(desk);
    await new SignInPage(desk.page).signIn(entry);
    await new QueuePage(desk.page).resumed();
    await new StatusBar(desk.page).offline();
  };
  for (const [n, number] of numbers.slice(0, REVIEWED).entries()) {
    await new QueuePage(desk.page).open(number);
    await reviewer.judge(number, n);
    if (n === OFF_AMID || n === OFF_AFTER) {
      const next = numbers[n + 1] ?? '';
      await new ReviewPage(desk.page).backToQueue();
      await new QueuePage(desk.page).open(next);
      await new ReviewPage(desk.page).shown(next);
      const blind = n === OFF_AMID ? await reviewer.lockBlindly() : [];
      if (n === OFF_AMID) await pause(Math.random() * 60);
      else await reviewer.lock(next, (await new ReviewPage(desk.page).slots()).slice(0, 1));
      await startAgain();
      // What was not seen to be saved may have been; then it is there now, and counts.
      const there = (await new StatusBar(desk.page).count('waiting')) - reviewer.shown.length;
      expect(there).toBeGreaterThanOrEqual(0);
      for (const slot of blind.slice(0, there)) reviewer.shown.push({ kind: 'image.lock', number: next, slot });
    } else await new ReviewPage(desk.page).backToQueue();
  }
  const { shown } = reviewer;
  await new StatusBar(desk.page).waitFor('waiting', shown.length);
  expect(readRecords(service.folder).decisions).toEqual([]);

  // From here on nobody touches anything.
  await line.set('clear');
  const end = performance.now() + LIMIT;
  const arrived = () => readRecords(service.folder).decisions;
  while (arrived().length < shown.length && performance.now() < end) await pause(250);
  const decisions = arrived();
  const { submissions } = readRecords(service.folder);
  const numberOf = new Map(submissions.map(({ id, registrationNumber }) => [id, registrationNumber]));
  const got = decisions.map(({ canonical: { act, submissionId } }) => {
    const slot = 'slot' in act ? act.slot : null;
    return { kind: act.kind, number: numberOf.get(submissionId), slot };
  });
  expect(got).toEqual(shown);
  expect(decisions.map(({ canonical }) => canonical.deviceSeq)).toEqual(shown.map((_, index) => index + 1));
  expect(new Set(decisions.map(({ id }) => id)).size).toBe(shown.length);
  expect(decisions.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
  const status = new StatusBar(desk.page);
  await status.waitFor('sent', shown.length);
  expect(await status.count('parked')).toBe(0);
  const approved = shown.filter(({ kind }) => kind === 'submission.approve').length;
  await new QueuePage(desk.page).waitForCount('passed', approved);
  await line.close();
});
