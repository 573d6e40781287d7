import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/canonical.ts';
import { Act, concludes, Decision, isWhole } from '../../../shared/decision.ts';
import { Comment, Reasons, Submission } from '../../../shared/submission.ts';
import { actsOn, submissions } from '../../factories/arbitraries.ts';
import { approval, assistantForm, decision, returning, submission } from '../../factories/submission.ts';

const cases = submissions.chain((of) => fc.tuple(fc.constant(of), actsOn(of)));

describe('Decision', () => {
  it('survives the way over the wire, whatever it does', () => {
    fc.assert(
      fc.property(cases, ([of, act]) => {
        const sent = decision(of, act);
        expect(Decision.parse(JSON.parse(JSON.stringify(sent)))).toEqual(sent);
      }),
    );
  });

  it('has one canonical form, whatever the order of its keys', () => {
    fc.assert(
      fc.property(cases, ([of, act]) => {
        const sent = decision(of, act);
        const turned = Object.fromEntries(Object.entries(sent).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(sent));
        expect(JSON.parse(canonicalJson(sent))).toEqual(sent);
      }),
    );
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });

  it('refuses what it does not know', () => {
    const of = submission();
    const sent = decision(of, approval(of));
    expect(Decision.safeParse({ ...sent, note: '' }).success).toBe(false);
    expect(Decision.safeParse({ ...sent, revision: 0 }).success).toBe(false);
    expect(Decision.safeParse({ ...sent, deviceSeq: 1.5 }).success).toBe(false);
    expect(Act.safeParse({ kind: 'submission.unlock', images: [] }).success).toBe(false);
    expect(Act.safeParse({ ...returning(of, ['M01-1']), images: [{ slot: 'M01-1' }] }).success).toBe(false);
  });
});

describe('reasons and comments', () => {
  it('hold no reason twice, no unknown one, and no broken or endless text', () => {
    expect(Reasons.safeParse(['Q01', 'R01']).success).toBe(true);
    expect(Reasons.safeParse(['Q01', 'Q01']).success).toBe(false);
    expect(Reasons.safeParse(['Z99']).success).toBe(false);
    expect(Comment.safeParse('字'.repeat(500)).success).toBe(true);
    expect(Comment.safeParse('字'.repeat(501)).success).toBe(false);
    expect(Comment.safeParse('\ud83d').success).toBe(false);
    expect(Comment.safeParse('𠮷').success).toBe(true);
  });
});

describe('concludes', () => {
  it('is what ends the review: not what acts on an image, and not a reopening', () => {
    const note = { kind: 'submission.note', image: null, text: '已电话核实' } as const;
    expect(concludes(note)).toBe(false);
    for (const option of Act.options) {
      const kind = option.shape.kind.value;
      if (kind === note.kind) continue;
      const [sample] = fc.sample(
        actsOn(submission()).filter((act) => act.kind === kind),
        1,
      );
      expect(sample && concludes(sample)).toBe(kind.startsWith('submission.') && kind !== 'submission.reopen');
      expect(sample && isWhole(sample)).toBe(kind.startsWith('submission.'));
    }
  });
});

describe('Submission', () => {
  it('survives the way over the wire', () => {
    fc.assert(
      fc.property(submissions, (of) => {
        expect(Submission.parse(JSON.parse(JSON.stringify(of)))).toEqual(of);
      }),
    );
    const up = submission({ form: assistantForm() });
    expect(Submission.parse(JSON.parse(JSON.stringify(up)))).toEqual(up);
  });

  it('refuses what it does not know', () => {
    const of = submission();
    expect(Submission.safeParse({ ...of, status: 'open' }).success).toBe(false);
    expect(Submission.safeParse({ ...of, form: { ...of.form, paths: [] } }).success).toBe(false);
    expect(Submission.safeParse({ ...of, form: { ...of.form, mobile: '1' } }).success).toBe(false);
  });
});
