import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../shared/apply.ts';
import { type Act, concludes } from '../../../shared/decision.ts';
import { AccountId } from '../../../shared/ids.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import { judgedIn, type Keep, remains } from '../../../shared/resolve.ts';
import { type Level, stateOf } from '../../../shared/status.ts';
import { IMAGE_STATES, type Image, STATUSES, type Submission } from '../../../shared/submission.ts';
import { actsOn, submissions } from '../../factories/arbitraries.ts';
import {
  approval,
  decision,
  image,
  NOW,
  policy,
  refusal,
  returning,
  sha,
  slot,
  submission,
} from '../../factories/submission.ts';

const by = policy();
const ME = AccountId.parse('acc-reviewer1');

function left(of: Submission, act: Act, now: Submission | null, level: Level = 'site', problem?: ProblemCode) {
  return remains({ decision: decision(of, act), problem: problem ?? null }, now, { level, policy: by, me: ME });
}
const why = (keep: Keep) => (keep.ok ? null : keep.why);

/** The submission after the candidate has replaced the pictures in some places. */
function replaced(of: Submission, slots: readonly string[], change: Partial<Submission> = {}): Submission {
  const images = of.images.map((one, index) =>
    slots.includes(one.slot) ? { ...one, sha256: sha(5000 + index), state: 'open' as const, reasons: [] } : one,
  );
  return { ...of, revision: of.revision + 2, round: of.round + 1, images, ...change };
}

/** What an act says, without the pictures that it says it of. */
function words(act: Act): unknown {
  switch (act.kind) {
    case 'image.lock':
    case 'image.reopen':
      return { ...act, sha256: null };
    case 'image.return':
      return { ...act, sha256: null, marks: null };
    case 'submission.approve':
      return act.kind;
    case 'submission.refuse':
    case 'submission.send_back':
    case 'submission.reopen':
      return { ...act, images: null };
    case 'submission.return':
      return { ...act, kept: null, images: act.images.map((one) => ({ ...one, sha256: null, marks: null })) };
  }
}

/** The state in which a level reviews. */
const reviewed = (level: Level) => stateOf(level, by) ?? 'draft';
const levels = fc.constantFrom(...by.levels);
/** A submission as decided on, the decision, and the submission as it has become: anything may have happened. */
const cases = submissions.chain((then) => {
  const fate = fc.record({
    sha256: fc.option(fc.integer({ min: 41, max: 80 }).map(sha)),
    state: fc.constantFrom(...IMAGE_STATES),
    gone: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  });
  const now = fc
    .record({
      fates: fc.array(fate, { minLength: then.images.length, maxLength: then.images.length }),
      added: fc.option(fc.constantFrom('M06-1', 'M07-1')),
      status: fc.constantFrom(...STATUSES),
      own: fc.boolean(),
      newer: fc.nat(3),
      level: levels,
    })
    .map(({ fates, added, status, own, newer, level }) => {
      const images = then.images.flatMap((one, index): Image[] => {
        const happened = fates[index];
        if (!happened || happened.gone) return [];
        return [{ ...one, sha256: happened.sha256 ?? one.sha256, state: happened.state }];
      });
      const all = added ? [...images, image(added, { sha256: sha(99) })] : images;
      const became = own ? reviewed(level) : status;
      return { level, now: { ...then, status: became, revision: then.revision + newer, images: all } };
    });
  return fc.tuple(fc.constant(then), actsOn(then), now);
});

describe('what remains of a parked decision, whatever has happened', () => {
  it('is never an act that names a picture that is not there now, and one that the rules take', () => {
    let kept = 0;
    fc.assert(
      fc.property(cases, ([then, act, { now, level }]) => {
        const { keep } = left(then, act, now, level);
        if (!keep.ok) return;
        kept += 1;
        const current = new Map(now.images.map((one) => [one.slot, one.sha256]));
        for (const { slot: at, sha256 } of judgedIn(keep.act)) expect(current.get(at)).toBe(sha256);
        if (concludes(keep.act)) expect(judgedIn(keep.act)).toHaveLength(now.images.length);
        expect(apply(now, decision(now, keep.act), { level, policy: by, at: NOW }).ok).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(kept).toBeGreaterThan(50);
  });

  it('says exactly what was said', () => {
    fc.assert(
      fc.property(cases, ([then, act, { now, level }]) => {
        const { keep } = left(then, act, now, level);
        if (keep.ok) expect(words(keep.act)).toEqual(words(act));
      }),
      { numRuns: 500 },
    );
  });

  it('puts every picture that was judged or is there on one side: the same, or changed', () => {
    fc.assert(
      fc.property(cases, ([then, act, { now, level }]) => {
        const { changed, unchanged } = left(then, act, now, level);
        const judged = new Map(judgedIn(act).map((one) => [one.slot, one.sha256]));
        const current = new Map(now.images.map((one) => [one.slot, one.sha256]));
        const slots = [...changed, ...unchanged].map((place) => place.slot);
        expect(new Set(slots).size).toBe(slots.length);
        for (const at of judged.keys()) expect(slots).toContain(at);
        if (concludes(act)) for (const at of current.keys()) expect(slots).toContain(at);
        for (const place of [...changed, ...unchanged]) {
          expect(place.judged).toBe(judged.get(place.slot) ?? null);
          expect(place.current).toBe(current.get(place.slot) ?? null);
        }
        expect(unchanged.every((place) => place.judged !== null && place.judged === place.current)).toBe(true);
        expect(changed.every((place) => place.judged !== place.current)).toBe(true);
      }),
    );
  });

  it('leaves what it was given untouched', () => {
    fc.assert(
      fc.property(cases, ([then, act, { now, level }]) => {
        const before = structuredClone([then, act, now]);
        left(then, act, now, level);
        expect([then, act, now]).toEqual(before);
      }),
    );
  });
});

describe('a judgement of one picture', () => {
  const of = submission();
  const first = of.images[2];
  if (!first) throw new Error('no picture');
  const act: Act = {
    kind: 'image.return',
    slot: first.slot,
    sha256: first.sha256,
    reasons: ['Q01', 'R01'],
    comment: '请重拍',
  };

  it('is kept on the picture that is there now', () => {
    const now = replaced(of, [first.slot]);
    const { changed, unchanged, keep } = left(of, act, now);
    const current = now.images[2]?.sha256;
    expect(changed).toEqual([{ slot: first.slot, judged: first.sha256, current }]);
    expect(unchanged).toEqual([]);
    expect(keep).toEqual({ ok: true, act: { ...act, sha256: current } });
  });

  it('points at places of the picture that was judged, and of no other', () => {
    const marked: Act = { ...act, marks: [{ x: 0.5, y: 0.5, reason: 'Q01' }] };
    expect(left(of, marked, of).keep).toEqual({ ok: true, act: marked });
    const now = replaced(of, [first.slot]);
    expect(left(of, marked, now).keep).toEqual({ ok: true, act: { ...act, sha256: now.images[2]?.sha256 } });
    const whole = returning(of, ['M03-1'], { marks: [{ x: 0.5, y: 0.5, reason: 'Q01' }] });
    const kept = left(of, whole, replaced(of, ['M03-1'])).keep;
    expect(kept.ok && kept.act.kind === 'submission.return' && kept.act.images[0]).not.toHaveProperty('marks');
  });

  it('is not kept while the submission is with the candidate, or elsewhere', () => {
    for (const status of ['returned', 'site_approved', 'refused'] as const) {
      expect(why(left(of, act, replaced(of, [], { status })).keep)).toEqual({ kind: 'status' });
    }
    expect(why(left(of, act, replaced(of, []), 'district').keep)).toEqual({ kind: 'status' });
  });

  it('is not kept where there is no picture, no submission, or no right to it', () => {
    const gone = { ...of, images: of.images.filter(({ slot: at }) => at !== first.slot) };
    expect(why(left(of, act, gone).keep)).toEqual({ kind: 'gone', slots: [first.slot] });
    expect(left(of, act, gone).changed).toEqual([{ slot: first.slot, judged: first.sha256, current: null }]);
    expect(why(left(of, act, null).keep)).toEqual({ kind: 'absent' });
    expect(why(left(of, act, of, 'site', 'account.not_allowed').keep)).toEqual({ kind: 'account' });
    expect(left(of, act, of, 'site', 'device.unknown').keep).toEqual({ ok: true, act });
  });

  it('is not made again when it is so already', () => {
    const so = (change: Partial<Image>) => ({
      ...of,
      images: of.images.map((one) => (one.slot === first.slot ? { ...one, ...change } : one)),
    });
    const { reasons, comment } = act;
    expect(why(left(of, act, so({ state: 'returned', reasons, comment })).keep)).toEqual({ kind: 'already' });
    expect(left(of, act, so({ state: 'returned', reasons: ['Q02'], comment })).keep.ok).toBe(true);
    const marked: Act = { ...act, marks: [{ x: 0.5, y: 0.5, reason: null }] };
    expect(left(of, marked, so({ state: 'returned', reasons, comment })).keep.ok).toBe(true);
    const lock: Act = { kind: 'image.lock', slot: first.slot, sha256: first.sha256 };
    expect(why(left(of, lock, so({ state: 'locked' })).keep)).toEqual({ kind: 'already' });
    const reopen: Act = { kind: 'image.reopen', slot: first.slot, sha256: first.sha256 };
    expect(why(left(of, reopen, of).keep)).toEqual({ kind: 'already' });
    expect(left(of, reopen, so({ state: 'locked' })).keep.ok).toBe(true);
  });

  it('without a reason is not kept', () => {
    const silent: Act = { ...act, reasons: [], comment: '' };
    expect(why(left(of, silent, replaced(of, [first.slot])).keep)).toEqual({
      kind: 'rules',
      problem: 'decision.no_reason',
    });
  });
});

describe('a conclusion', () => {
  const of = submission();
  const locked = (one: Submission): Submission => ({
    ...one,
    images: one.images.map((held) => ({ ...held, state: 'locked' })),
  });

  it('is rebuilt from what is there: an approval waits for what is not locked', () => {
    const now = replaced(locked(of), ['M03-1']);
    expect(why(left(of, approval(of), now).keep)).toEqual({
      kind: 'obstacles',
      obstacles: [{ kind: 'open', slot: slot('M03-1') }],
    });
    expect(left(of, approval(of), locked(now)).keep).toEqual({ ok: true, act: approval(now) });
  });

  it('is kept as a return of the same places with the same words, all others kept', () => {
    const act = returning(of, ['M03-1'], { reasons: ['Q01'], comment: '看不清' });
    const now = replaced(of, ['M03-1', 'M01-1']);
    const remaining = left(of, act, now);
    expect(remaining.keep).toEqual({
      ok: true,
      act: returning(now, ['M03-1'], { reasons: ['Q01'], comment: '看不清' }),
    });
    expect(remaining.changed.map((place) => place.slot)).toEqual([slot('M01-1'), slot('M03-1')]);
    expect(remaining.unchanged).toHaveLength(of.images.length - 2);
  });

  it('asks nobody for what is there by now, and forgets no mark of another reviewer', () => {
    const act = returning(of, ['M03-1'], {}, ['M20']);
    const given = { ...of, images: [...of.images, image('M20-1')] };
    expect(why(left(of, act, given).keep)).toEqual({ kind: 'supplied', materials: ['M20'] });
    expect(left(of, act, given).changed).toEqual([
      { slot: slot('M20-1'), judged: null, current: given.images.at(-1)?.sha256 },
    ]);
    const marked: Submission = {
      ...of,
      images: of.images.map((one) =>
        one.slot === 'M01-1' ? { ...one, state: 'returned', reasons: ['Q02'], comment: '' } : one,
      ),
    };
    const plain = returning(of, ['M03-1']);
    expect(why(left(of, plain, marked).keep)).toEqual({ kind: 'marked', slots: [slot('M01-1')] });
    const gone = { ...of, images: of.images.filter((one) => one.slot !== 'M03-1') };
    expect(why(left(of, plain, gone).keep)).toEqual({ kind: 'gone', slots: [slot('M03-1')] });
  });

  it('is kept as a refusal of everything that is there now', () => {
    const now = replaced(of, ['M03-1']);
    expect(left(of, refusal(of), now).keep).toEqual({ ok: true, act: refusal(now) });
  });
});
