import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hides, overlay } from '../../../electron/overlay.ts';
import { apply } from '../../../shared/apply.ts';
import { Receipt } from '../../../shared/decision.ts';
import { actsOn, submissions } from '../../factories/arbitraries.ts';
import { approval, decision, judged, NOW, policy, sha, submission } from '../../factories/submission.ts';

const rules = { level: 'site', policy: policy() } as const;

const receipt = (seq: number, epoch = 'a') =>
  Receipt.parse({
    decisionId: '0195b8a4-6c00-7000-8000-000000000001',
    decisionSha256: sha(1),
    accountId: 'reviewer',
    epoch,
    seq,
    appliedAt: NOW,
  });

const locks = (of: ReturnType<typeof submission>) =>
  judged(of).map((image, index) => decision(of, { kind: 'image.lock', ...image }, { deviceSeq: index + 1 }));

test('decisions are shown in their order, as the service would apply them', () => {
  const base = submission();
  const pending = [...locks(base), decision(base, approval(base))].map((one) => ({ decision: one, receipt: null }));
  expect(overlay(base, pending, rules).status).toBe('site_approved');
  expect(overlay(base, pending.toReversed(), rules).status).toBe('pending');
  expect(overlay(base, [], rules)).toEqual(base);
});

test('what no longer fits the service’s copy is left out, and the rest still shows', () => {
  const base = submission();
  const moved = {
    ...base,
    images: base.images.map((image, index) => (index === 0 ? { ...image, sha256: sha(9) } : image)),
  };
  const shown = overlay(
    moved,
    locks(base).map((one) => ({ decision: one, receipt: null })),
    rules,
  );
  expect(shown.images.map(({ state }) => state)).toEqual(['open', ...base.images.slice(1).map(() => 'locked')]);
});

test('whatever is decided, each step is the shared rule’s', () => {
  fc.assert(
    fc.property(
      submissions.chain((base) => fc.tuple(fc.constant(base), fc.array(actsOn(base), { maxLength: 6 }))),
      ([base, acts]) => {
        const pending = acts.map((act) => ({ decision: decision(base, act), receipt: null }));
        const last = pending.at(-1);
        const before = overlay(base, pending.slice(0, -1), rules);
        const after = overlay(base, pending, rules);
        if (!last) return;
        const applied = apply(before, last.decision, { ...rules, at: last.decision.madeAt });
        expect(after).toEqual(applied.ok ? applied.submission : before);
      },
    ),
  );
});

test('a decision stays on top until the feed carries it', () => {
  const base = { epoch: 'a', seq: 10 };
  expect(hides(null, base)).toBe(true);
  expect(hides(receipt(11), base)).toBe(true);
  expect(hides(receipt(10), base)).toBe(false);
  expect(hides(receipt(9), base)).toBe(false);
  expect(hides(receipt(11, 'before the restore'), base)).toBe(false);
});
