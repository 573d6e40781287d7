import { expect, it } from 'vitest';
import { firstPlace, itemsOf, pictureAt, placesThen, versionsOf } from '../../../../renderer/audit/items.ts';
import { HistoryEvent } from '../../../../shared/audit/wire.ts';
import { Act } from '../../../../shared/decision.ts';
import { Slot } from '../../../../shared/ids.ts';
import { EarlierImage, type Image } from '../../../../shared/submission.ts';
import { decision, image, sha, submission } from '../../../factories/submission.ts';

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** First picture 1 from one o'clock, 2 from three, 3 from five on; the second place never changed. */
const earlier = (n: number, from: number, to: number) =>
  EarlierImage.parse({
    sha256: sha(n),
    bytes: 1,
    uploadedAt: at(from),
    replacedAt: at(to),
    state: 'returned',
    reasons: ['Q01'],
    comment: '',
  });
const [M03, M05] = [Slot.parse('M03-1'), Slot.parse('M05-1')];
const replaced: Image = image(M03, {
  sha256: sha(3),
  uploadedAt: at(5),
  earlier: [earlier(2, 3, 5), earlier(1, 1, 3)],
});
const same: Image = image(M05, { sha256: sha(9), uploadedAt: at(1) });
const of = submission({ images: [same, replaced] });

function decided(act: unknown, hour: number) {
  const made = decision(of, Act.parse(act));
  return HistoryEvent.parse({
    what: 'decision',
    at: at(hour),
    decision: made,
    sha256: sha(50),
    by: { id: 'acc-1', name: '样例', level: 'site' },
    outcome: 'applied',
    problem: null,
    slots: [],
    receipt: null,
    found: null,
    reopened: false,
  });
}

it('a place has its pictures in order, and at any time the one that stood there', () => {
  expect(versionsOf(replaced).map(({ sha256 }) => sha256)).toEqual([sha(1), sha(2), sha(3)]);
  const stood = [0, 1, 2, 3, 4, 5, 6].map((hour) => pictureAt(replaced, at(hour)));
  expect(stood).toEqual([null, sha(1), sha(1), sha(2), sha(2), sha(3), sha(3)]);
});

it('a history has what the service tells and each picture that was replaced, in order and by names of their own', () => {
  const lock = decided({ kind: 'image.lock', slot: M05, sha256: sha(9) }, 2);
  const items = itemsOf({ submission: of, events: [lock, { what: 'submitted', at: at(6), round: 2 }] });
  expect(items.map(({ event }) => event.what)).toEqual(['decision', 'replaced', 'replaced', 'submitted']);
  expect(items[1]?.event).toMatchObject({ slot: M03, before: sha(1), now: sha(2) });
  expect(new Set(items.map(({ name }) => name)).size).toBe(4);
});

it('a decision is shown on what it named, beside what came after it, or before', () => {
  const returned = decided(
    {
      kind: 'submission.return',
      images: [{ slot: M03, sha256: sha(2), reasons: ['Q01'], comment: '' }],
      kept: [{ slot: M05, sha256: sha(9) }],
      materials: [],
      form: { reasons: [], comment: '' },
    },
    4,
  );
  const places = placesThen(of.images, returned);
  expect(places).toEqual([
    { slot: M05, stood: sha(9), other: null, named: true },
    { slot: M03, stood: sha(2), other: { sha256: sha(3), side: 'after' }, named: true },
  ]);
  expect(firstPlace(places, returned)?.slot).toBe(M03);
  const last = decided({ kind: 'image.lock', slot: M03, sha256: sha(3) }, 7);
  const [other, own] = placesThen(of.images, last);
  expect(own).toEqual({ slot: M03, stood: sha(3), other: { sha256: sha(2), side: 'before' }, named: true });
  expect(other?.named).toBe(false);
});

it('a decision on a picture that was replaced meanwhile shows the one that it judged', () => {
  const late = decided({ kind: 'image.lock', slot: M03, sha256: sha(1) }, 4);
  expect(placesThen(of.images, late)[1]).toMatchObject({ stood: sha(1), other: { sha256: sha(2), side: 'after' } });
});

it('a picture that was replaced stands before the one that replaced it', () => {
  const [, first] = itemsOf({ submission: of, events: [] }).toReversed();
  if (!first) throw new Error('nothing was replaced');
  const places = placesThen(of.images, first.event);
  expect(firstPlace(places, first.event)).toEqual({
    slot: M03,
    stood: sha(2),
    other: { sha256: sha(1), side: 'before' },
    named: true,
  });
});
