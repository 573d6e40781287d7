import { beforeEach, expect, it } from 'vitest';
import { openRecorder, type Recorder, type Sight } from '../../../../renderer/review/viewing.ts';
import { sha, slot } from '../../../factories/submission.ts';

let at: number;
let recorder: Recorder;
beforeEach(() => {
  at = 1_000;
  recorder = openRecorder(() => at);
});

const [one, two] = [
  { slot: slot('M01-1'), sha256: sha(1) },
  { slot: slot('M03-1'), sha256: sha(2) },
];
const sight = (own: Partial<Sight> = {}): Sight => ({ sha256: one.sha256, scale: 0.3, rotated: false, ...own });

it('adds up the time on screen, the greatest size and whether it was turned', () => {
  recorder.show(0, sight());
  at += 400;
  recorder.show(0, sight({ scale: 1.2, rotated: true }));
  at += 100;
  recorder.show(0, sight());
  at += 50;
  expect(recorder.of([one])).toEqual([{ ...one, ms: 550, percent: 120, rotated: true }]);
});

it('knows nothing of what was not on screen', () => {
  recorder.show(0, sight());
  expect(recorder.of([one, two]).map((viewed) => viewed.slot)).toEqual([one.slot]);
});

it('counts each picture of several panes, and what left its pane no more', () => {
  recorder.show(0, sight());
  recorder.show(1, sight({ sha256: two.sha256 }));
  at += 200;
  recorder.show(1, null);
  at += 300;
  expect(recorder.of([one, two]).map(({ ms }) => ms)).toEqual([500, 200]);
});

it('counts no time in which nobody could look', () => {
  recorder.show(0, sight());
  at += 100;
  recorder.attend(false);
  at += 60_000;
  recorder.attend(true);
  at += 100;
  expect(recorder.of([one])).toMatchObject([{ ms: 200 }]);
});

it('a look of less than a millisecond is one', () => {
  recorder.show(0, sight());
  at += 0.2;
  expect(recorder.of([one])).toMatchObject([{ ms: 1 }]);
});

it('lets wait for a picture until it is on screen, and no longer than the patience', async () => {
  const soon = recorder.until(one.sha256, 60_000);
  expect(recorder.has(one.sha256)).toBe(false);
  recorder.show(0, sight());
  await soon;
  expect(recorder.has(one.sha256)).toBe(true);
  await recorder.until(one.sha256, 60_000);
  await recorder.until(two.sha256, 1);
  expect(recorder.has(two.sha256)).toBe(false);
});

it('begins anew with the next submission', () => {
  recorder.begin('one');
  recorder.show(0, sight());
  at += 100;
  recorder.begin('one');
  expect(recorder.of([one])).toHaveLength(1);
  recorder.begin('two');
  expect(recorder.of([one])).toEqual([]);
});
