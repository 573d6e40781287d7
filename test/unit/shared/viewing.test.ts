import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../shared/apply.ts';
import { canonicalJson } from '../../../shared/canonical.ts';
import { Decision } from '../../../shared/decision.ts';
import type { Policy } from '../../../shared/policy.ts';
import { unseenIn, type Viewed } from '../../../shared/viewing.ts';
import { approval, decision, NOW, policy, sha, slot, submission } from '../../factories/submission.ts';

const of = submission();
const [first] = of.images;
if (!first) throw new Error('no image');
const lock = { kind: 'image.lock', slot: first.slot, sha256: first.sha256 } as const;
const seen = (own: Partial<Viewed> = {}): Viewed => {
  return { slot: first.slot, sha256: first.sha256, ms: 400, percent: 35, rotated: false, ...own };
};
const by = (viewing: Partial<Policy['viewing']> = {}) => policy({ viewing: { ...policy().viewing, ...viewing } });
const locked = (viewed: readonly Viewed[] | undefined, rules = by()) => {
  const made = decision(of, lock, viewed ? { viewed: [...viewed] } : {});
  const applied = apply(of, made, { level: 'site', at: NOW, policy: rules });
  return applied.ok ? 'applied' : applied.problem;
};

describe('a lock', () => {
  it('needs the picture to have been on screen, at a size at which it can be read', () => {
    expect(locked([seen()])).toBe('applied');
    expect(locked([])).toBe('decision.not_seen');
    expect(locked([seen({ ms: 0 })])).toBe('decision.not_seen');
    expect(locked([seen({ percent: 9 })])).toBe('decision.not_seen');
    expect(locked([seen({ sha256: sha(9) })])).toBe('decision.not_seen');
    expect(locked([seen({ slot: slot('M99-1') })])).toBe('decision.not_seen');
  });

  it('needs a time only where the policy names one', () => {
    expect(locked([seen({ ms: 1 })])).toBe('applied');
    expect(locked([seen({ ms: 299 })], by({ leastMs: 300 }))).toBe('decision.not_seen');
    expect(locked([seen({ ms: 300 })], by({ leastMs: 300 }))).toBe('applied');
  });

  it('of before this was recorded counts, unless the policy says otherwise', () => {
    expect(locked(undefined)).toBe('applied');
    expect(locked(undefined, by({ needed: true }))).toBe('decision.not_seen');
  });

  it('never counts for more because something else was seen longer', () => {
    const views = fc.record({
      ms: fc.nat(5_000),
      percent: fc.nat(300),
      leastMs: fc.nat(2_000),
      leastPercent: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(views, ({ ms, percent, leastMs, leastPercent }) => {
        const other = seen({ slot: slot('M99-1'), ms: 60_000, percent: 100 });
        const unseen = unseenIn(lock, [other, seen({ ms, percent })], by({ leastMs, leastPercent }));
        expect(unseen).toEqual(ms >= 1 && ms >= leastMs && percent >= leastPercent ? [] : [first.slot]);
      }),
    );
  });
});

it('nothing but a lock asks for it: a picture can be returned because it can’t be seen', () => {
  expect(unseenIn({ ...lock, kind: 'image.return', reasons: ['Q05'], comment: '' }, [], by())).toEqual([]);
  expect(unseenIn(approval(of), [], by({ needed: true }))).toEqual([]);
});

it('how pictures were seen is part of what is hashed and signed', () => {
  const made = Decision.parse(decision(of, lock, { viewed: [seen()] }));
  const other = Decision.parse(decision(of, lock, { viewed: [seen({ ms: 401 })] }));
  expect(canonicalJson(made)).not.toBe(canonicalJson(other));
  const before = decision(of, lock);
  expect(canonicalJson(Decision.parse(before))).toBe(canonicalJson(before));
});
