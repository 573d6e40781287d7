import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountId, DecisionId } from '../../../shared/ids.ts';
import { type Draw, type Drawable, draw, RISKS, SAMPLE_METHODS } from '../../../shared/spot-check/sample.ts';

const frames: fc.Arbitrary<Drawable[]> = fc.uniqueArray(
  fc.record({
    decision: fc.uuid({ version: 7 }).map((id) => DecisionId.parse(id)),
    by: fc.constantFrom('a', 'b', 'c').map((id) => AccountId.parse(id)),
    reasons: fc.subarray(['E01', 'Q01', 'N03'] as const).map((all) => [...all]),
    risks: fc.subarray([...RISKS]),
  }),
  { selector: ({ decision }) => decision, maxLength: 40 },
);
const plans: fc.Arbitrary<Draw> = fc.record({
  method: fc.constantFrom(...SAMPLE_METHODS),
  size: fc.integer({ min: 1, max: 10 }),
  seed: fc.integer(),
  risks: fc.subarray([...RISKS], { minLength: 1 }),
});

describe('a sample', () => {
  it('is the same for the same seed, in whatever order the decisions come', () => {
    fc.assert(
      fc.property(frames, plans, fc.nat(), (frame, plan, turn) => {
        const turned = [...frame.slice(turn % (frame.length + 1)), ...frame.slice(0, turn % (frame.length + 1))];
        expect(draw(turned, plan)).toEqual(draw(frame, plan));
      }),
    );
  });

  it('holds what there is of each group, up to its size, and nothing twice', () => {
    fc.assert(
      fc.property(frames, plans, (frame, plan) => {
        const drawn = draw(frame, plan);
        expect(new Set(drawn).size).toBe(drawn.length);
        const found = frame.filter(({ decision }) => drawn.includes(decision));
        expect(found).toHaveLength(drawn.length);
        const { method, size, risks } = plan;
        if (method === 'simple') expect(drawn).toHaveLength(Math.min(size, frame.length));
        if (method === 'by_reviewer') {
          for (const by of new Set(frame.map((one) => one.by))) {
            const all = frame.filter((one) => one.by === by).length;
            expect(found.filter((one) => one.by === by)).toHaveLength(Math.min(size, all));
          }
        }
        if (method === 'by_reason') {
          for (const reason of ['E01', 'Q01', 'N03'] as const) {
            const all = frame.filter(({ reasons }) => reasons.includes(reason)).length;
            const has = found.filter(({ reasons }) => reasons.includes(reason)).length;
            expect(has).toBeGreaterThanOrEqual(Math.min(size, all));
          }
          expect(found.every(({ reasons }) => reasons.length > 0)).toBe(true);
        }
        if (method === 'by_risk') {
          const all = frame.filter((one) => one.risks.some((risk) => risks.includes(risk)));
          expect(drawn).toHaveLength(Math.min(size, all.length));
          expect(found.every((one) => all.includes(one))).toBe(true);
        }
      }),
    );
  });

  it('draws each as often as any other', () => {
    const ids = Array.from({ length: 10 }, (_, n) => `0195b8a4-6c00-7000-8000-00000000000${n}`);
    const frame = ids.map((id): Drawable => {
      return { decision: DecisionId.parse(id), by: AccountId.parse('a'), reasons: [], risks: [] };
    });
    const times = new Map(ids.map((id) => [id, 0]));
    for (let seed = 0; seed < 2_000; seed += 1) {
      for (const id of draw(frame, { method: 'simple', size: 3, seed, risks: ['refused'] })) {
        times.set(id, (times.get(id) ?? 0) + 1);
      }
    }
    // 600 expected of each; the standard deviation is 20.5.
    for (const [id, count] of times) expect(Math.abs(count - 600), id).toBeLessThan(5 * 20.5);
  });
});
