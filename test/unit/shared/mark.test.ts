import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionForm } from '../../../shared/chain.ts';
import { Decision } from '../../../shared/decision.ts';
import { Mark, Marks, markBetween, markText, markWhere, placed, withMarks } from '../../../shared/mark.ts';
import { marks } from '../../factories/arbitraries.ts';
import { decision, sha, slot, submission } from '../../factories/submission.ts';

describe('marks', () => {
  it('lie on the picture, whatever two corners they were drawn from', () => {
    fc.assert(
      fc.property(marks, (all) => {
        expect(Marks.parse(all)).toEqual(all);
        // The wire's numbers are the same numbers: a hash over them is, too.
        expect(JSON.parse(JSON.stringify(all))).toEqual(all);
      }),
    );
  });

  it('span the two corners, in whatever order they were given', () => {
    const box = { x: 0.2, y: 0.3, width: 0.4, height: 0.1, reason: 'S01' };
    expect(markBetween({ x: 0.2, y: 0.3 }, { x: 0.6, y: 0.4 }, 'S01')).toEqual(box);
    expect(markBetween({ x: 0.6, y: 0.3 }, { x: 0.2, y: 0.4 }, 'S01')).toEqual(box);
  });

  it('are pins where nothing can be seen between the corners', () => {
    expect(markBetween({ x: 0.5, y: 0.5 }, { x: 0.503, y: 0.7 }, null)).toEqual({ x: 0.503, y: 0.7, reason: null });
    expect(placed({ x: -0.1, y: 0.123456 })).toEqual({ x: 0, y: 0.1235 });
  });

  it('are refused beyond the picture, as half a box, and in numbers that cover it', () => {
    const pin = { x: 0.5, y: 0.5, reason: null };
    expect(Mark.safeParse({ ...pin, x: 1.2 }).success).toBe(false);
    expect(Mark.safeParse({ ...pin, width: 0.1 }).success).toBe(false);
    expect(Mark.safeParse({ ...pin, width: 0.6, height: 0.1 }).success).toBe(false);
    expect(Mark.safeParse({ ...pin, reason: 'Z01' }).success).toBe(false);
    expect(Marks.safeParse(Array(10).fill(pin)).success).toBe(false);
  });

  it('say their reason, else what was written, else everything', () => {
    const said = { reasons: ['Q01', 'S01'] as const, comment: ' 右下角的章 ' };
    const at = { x: 0, y: 0 };
    expect(markText({ ...at, reason: 'S01' }, said)).toBe('未加盖单位公章');
    expect(markText({ ...at, reason: null }, said)).toBe('右下角的章');
    expect(markText({ ...at, reason: null }, { ...said, comment: ' ' })).toBe('图片不清晰，请重新上传；未加盖单位公章');
  });

  it('tell where they are in words', () => {
    const where = (x: number, y: number) => markWhere({ x, y, reason: null });
    expect([where(0.1, 0.1), where(0.5, 0.1), where(0.9, 0.9)]).toEqual(['左上方', '上方', '右下方']);
    expect([where(0.5, 0.5), where(0.1, 0.5)]).toEqual(['中间', '左侧']);
    expect(markWhere({ x: 0.1, y: 0.1, width: 0.8, height: 0.8, reason: null })).toBe('中间');
  });
});

describe('a decision', () => {
  const of = submission();
  const act = { kind: 'image.return', slot: slot('M03-1'), sha256: sha(301), reasons: ['Q01'], comment: '' } as const;

  it('of before there were marks has the form that was signed then', () => {
    const old = decision(of, { ...act, reasons: ['Q01'] });
    const signed =
      '{"act":{"comment":"","kind":"image.return","reasons":["Q01"],' +
      `"sha256":"${sha(301)}","slot":"M03-1"},"device":"${old.device}","deviceSeq":1,"id":"${old.id}",` +
      `"madeAt":"${old.madeAt}","revision":1,"submissionId":"sub-1"}`;
    expect(decisionForm(Decision.parse(JSON.parse(signed)))).toBe(signed);
    expect(decisionForm(decision(of, withMarks({ ...act, reasons: ['Q01'] }, [])))).toBe(signed);
  });

  it('is another one with a mark in another place', () => {
    const at = (x: number) =>
      decisionForm(decision(of, withMarks({ ...act, reasons: ['Q01'] }, [{ x, y: 0.5, reason: 'Q01' }])));
    expect(at(0.5)).not.toBe(at(0.5001));
    expect(decisionForm(Decision.parse(JSON.parse(at(0.3))))).toBe(at(0.3));
  });
});
