import type { Page } from 'playwright';
import type { ActKind } from '../../shared/decision.ts';
import { readRecords } from '../faults/records.ts';
import { expect } from './desk.ts';
import { QueuePage } from './pages/queue-page.ts';
import { ReviewPage } from './pages/review-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { StatusBar } from './pages/status-bar.ts';
import { testWithCandidates } from './small-district.ts';
import { Hands } from './stories/hands.ts';

const REVIEWED = 50;
const test = testWithCandidates(REVIEWED + 2);

/** What was decided, as the service should have it. */
type Decided = { readonly kind: ActKind; readonly number: string; readonly slot: string | null };

/** The whole keyboard, and one hand on the number pad. */
const KEYS = {
  all: {
    lock: 'Space',
    returnImage: 'KeyR',
    first: 'Digit1',
    enter: 'Enter',
    conclude: 'Control+Enter',
    refuse: ['Control+Delete'],
    undo: ['Control+KeyZ'],
    back: 'ArrowLeft',
    reopen: ['KeyU'],
  },
  pad: {
    lock: 'NumpadAdd',
    returnImage: 'NumpadSubtract',
    first: 'Numpad1',
    enter: 'NumpadEnter',
    conclude: 'NumpadEnter',
    refuse: ['Numpad0', 'Numpad9'],
    undo: ['Numpad0', 'Numpad7'],
    back: 'Numpad4',
    reopen: ['Numpad0', 'Numpad4'],
  },
} as const;

/** A reviewer who has put the mouse away. */
class Reviewer {
  readonly decided: Decided[] = [];
  readonly hands: Hands;
  private readonly page: Page;
  private readonly review: ReviewPage;
  private readonly keys: (typeof KEYS)[keyof typeof KEYS];
  private number = '';
  constructor(page: Page, hands: Hands) {
    this.keys = hands.pad ? KEYS.pad : KEYS.all;
    this.page = page;
    this.hands = hands;
    this.review = new ReviewPage(page);
  }

  private note(kind: ActKind, slot: string | null = null): void {
    this.decided.push({ kind, number: this.number, slot });
  }

  /** Locks the pictures from the target on, `count` of them, each by one key. */
  async lock(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const slot = (await this.review.target()) ?? '';
      await this.hands.press(this.keys.lock);
      await this.review.waitForState(slot, 'locked');
      this.note('image.lock', slot);
    }
  }

  async returnImage(comment: string): Promise<void> {
    const slot = (await this.review.target()) ?? '';
    await this.hands.press(this.keys.returnImage);
    await this.page.getByTestId('reason-picker').waitFor();
    await this.hands.press(this.keys.first);
    if (comment) {
      await this.hands.press('Tab', 'Tab');
      await expect(this.page.getByTestId('reason-comment')).toBeFocused();
      await this.hands.write(comment);
      await this.hands.press('Control+Enter');
    } else await this.hands.press(this.keys.enter);
    await this.review.waitForState(slot, 'returned');
    this.note('image.return', slot);
  }

  async approve(): Promise<void> {
    await this.page.locator('[data-testid="approve"][data-obstacles="0"]').waitFor();
    await this.hands.press(this.keys.conclude);
    await this.review.left(this.number);
    this.note('submission.approve');
  }

  async sendBack(): Promise<void> {
    // All is judged: the key that approves what is in order leads to the return of what is not.
    await this.hands.press(this.keys.conclude);
    await expect(this.page.getByTestId('return-confirm')).toBeFocused();
    await this.hands.press(this.keys.enter);
    await this.review.left(this.number);
    this.note('submission.return');
  }

  async refuse(): Promise<void> {
    await this.hands.press(...this.keys.refuse);
    await this.page.getByTestId('refuse-dialog').waitFor();
    await this.hands.press(this.keys.first, this.keys.enter);
    await expect(this.page.getByTestId('refuse-confirm')).toBeFocused();
    await this.hands.press(this.keys.enter);
    await this.review.left(this.number);
    this.note('submission.refuse');
  }

  /** Takes the lock of the picture before back, twice: unsent by undo, then as a decision of its own. */
  async changeMind(): Promise<void> {
    const slot = (await this.review.target()) ?? '';
    await this.hands.press(this.keys.lock);
    await this.review.waitForState(slot, 'locked');
    await this.hands.press(...this.keys.undo);
    await this.review.waitForState(slot, 'open');
    await this.page.locator(`.pane[aria-current="true"][data-slot="${slot}"]`).waitFor();
    await this.lock(1);
    await this.hands.press(this.keys.back, ...this.keys.reopen);
    await this.review.waitForState(slot, 'open');
    this.note('image.reopen', slot);
    await this.lock(1);
  }

  /** The submission on screen; most are in order, some go back, a few are refused. */
  async judge(number: string, n: number): Promise<void> {
    await this.review.shown(number);
    this.number = number;
    const count = (await this.review.slots()).length;
    switch (n % 10) {
      case 3:
        await this.returnImage('');
        await this.lock(count - 1);
        return this.sendBack();
      case 5:
        return this.refuse();
      case 7:
        await this.changeMind();
        await this.lock(count - 1);
        return this.approve();
      case 8:
        await this.lock(count - 1);
        await this.returnImage(this.hands.pad ? '' : '请在明亮处重拍');
        return this.sendBack();
      default:
        await this.lock(count);
        return this.approve();
    }
  }
}

/** The service has exactly what was decided, in that order, of every kind. */
function expectAtService(folder: string, decided: readonly Decided[]): void {
  const { decisions, submissions } = readRecords(folder);
  const numberOf = new Map(submissions.map(({ id, registrationNumber }) => [id, registrationNumber]));
  const got = decisions.map(({ canonical: { act, submissionId } }) => {
    const slot = 'slot' in act ? act.slot : null;
    return { kind: act.kind, number: numberOf.get(submissionId), slot };
  });
  expect(got).toEqual(decided);
  expect([...new Set(decided.map(({ kind }) => kind))].sort()).toEqual([
    'image.lock',
    'image.reopen',
    'image.return',
    'submission.approve',
    'submission.refuse',
    'submission.return',
  ]);
}

test('fifty candidates by the keyboard alone, with every kind of decision', async ({ launch, reviewer, service }) => {
  // About a minute and a half on two cores of its own.
  test.setTimeout(480_000);
  const { page } = await launch({ holdMs: 1_500 });
  await new SignInPage(page).shown();
  const hands = await Hands.on(page);
  await page.getByTestId('service').focus();
  for (const text of [reviewer.service, reviewer.account, reviewer.password]) {
    await hands.press('Control+A');
    await hands.write(text);
    await hands.press(text === reviewer.password ? 'Enter' : 'Tab');
  }
  const queue = new QueuePage(page);
  await queue.shown();
  await page.locator('#queue-table').waitFor();
  await queue.waitForCount('open', REVIEWED + 2);
  await expect(page.locator('#queue-table')).toBeFocused();
  await hands.press('Enter');
  const review = new ReviewPage(page);
  await page.getByTestId('review').waitFor();
  const person = new Reviewer(page, hands);
  for (let n = 0; n < REVIEWED; n += 1) await person.judge(await review.registration(), n);
  expect(await hands.clicks()).toBe(0);
  await new StatusBar(page).waitFor('sent', person.decided.length);
  expectAtService(service.folder, person.decided);
  expect(new Set(person.decided.map(({ number }) => number)).size).toBe(REVIEWED);
});

/** In order, returned, refused, with a change of mind, returned with the last picture: every kind of decision once. */
const KINDS = [0, 3, 5, 7, 8];

test('a candidate of each kind with one hand on the number pad', async ({ launch, reviewer, service }) => {
  test.setTimeout(240_000);
  const { page } = await launch({ prefill: reviewer, holdMs: 1_500 });
  await new SignInPage(page).signIn(reviewer);
  await new QueuePage(page).shown();
  await expect(page.locator('#queue-table')).toBeFocused();
  const hands = await Hands.on(page, { pad: true });
  await hands.press('Numpad2', 'Numpad8', 'NumpadEnter');
  await page.getByTestId('review').waitFor();
  const person = new Reviewer(page, hands);
  for (const n of KINDS) await person.judge(await new ReviewPage(page).registration(), n);
  await new ReviewPage(page).settled();
  await hands.press('Numpad0', 'Numpad1');
  await page.getByTestId('queue').waitFor();
  expect(await hands.clicks()).toBe(0);
  await new StatusBar(page).waitFor('sent', person.decided.length);
  expectAtService(service.folder, person.decided);
});
