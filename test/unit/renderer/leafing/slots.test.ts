import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealLeaves, stepsAhead } from '../../../../renderer/leafing/slots.ts';
import { SubmissionId } from '../../../../shared/ids.ts';

const id = (n: number) => SubmissionId.parse(`s-${n}`);
const ids = fc.array(fc.integer({ min: 0, max: 9 }).map(id), { maxLength: 6 });

describe('dealLeaves', () => {
  it('gives every wanted submission one leaf, the most urgent first, and moves none that has one', () => {
    fc.assert(
      fc.property(fc.array(ids, { minLength: 1, maxLength: 8 }), (turns) => {
        let dealt: readonly (SubmissionId | null)[] = [null, null, null, null];
        for (const wanted of turns) {
          const before = dealt;
          dealt = dealLeaves(before, wanted);
          const most = [...new Set(wanted)].slice(0, 4);
          for (const one of most) {
            expect(dealt.filter((has) => has === one)).toHaveLength(1);
            if (before.includes(one)) expect(dealt.indexOf(one)).toBe(before.indexOf(one));
          }
          expect(dealt).toHaveLength(4);
        }
      }),
    );
  });

  it('keeps what nobody needs the place of', () => {
    const dealt = dealLeaves([id(1), id(2), null], [id(3)]);
    expect(dealt).toEqual([id(3), id(2), null]);
    expect(dealLeaves(dealt, [id(2)])).toBe(dealt);
  });
});

describe('stepsAhead', () => {
  it('looks both ways at rest, and only the way that a held key goes', () => {
    expect(stepsAhead(1, false)).toEqual([1, -1, 2]);
    expect(stepsAhead(-1, true)).toEqual([-1, -2, -3]);
  });
});
