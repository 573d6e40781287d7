import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Applied, apply, obstacles } from '../../../shared/apply.ts';
import { groupOf } from '../../../shared/catalogue/reasons.ts';
import { Act, concludes, isWhole } from '../../../shared/decision.ts';
import type { Mark } from '../../../shared/mark.ts';
import { isFinal, type Level, levelAt, stateOf } from '../../../shared/status.ts';
import type { Submission } from '../../../shared/submission.ts';
import { actsOn, submissions } from '../../factories/arbitraries.ts';
import {
  approval,
  decision,
  form,
  image,
  judged,
  NOW,
  policy,
  refusal,
  requiredImages,
  returning,
  sha,
  slot,
  submission,
} from '../../factories/submission.ts';

const by = policy();
/** The state in which a level reviews. */
const reviewed = (level: Level) => stateOf(level, by) ?? 'draft';
const levels = fc.constantFrom(...by.levels);

function run(of: Submission, act: Act, level: Level = 'site', revision = of.revision): Applied {
  return apply(of, decision(of, act, { revision }), { level, at: NOW, policy: by });
}

/** Submissions as they come, in the level's own state two times in three, some with all that is required. */
const known = fc
  .tuple(submissions, levels, fc.nat(2), fc.nat(3))
  .map(([of, level, own, whole]): [Submission, Level] => {
    const complete = whole === 0 ? { ...of, images: requiredImages(form(), by, { state: 'locked' }) } : of;
    return [own > 0 ? { ...complete, status: reviewed(level) } : complete, level];
  });
/** A submission with something that could be decided about it. */
const cases = known.chain(([of, level]) => fc.tuple(fc.constant(of), actsOn(of), fc.constant(level)));

/** As if every image had been locked. */
function locked(of: Submission): Submission {
  return { ...of, images: of.images.map((one) => ({ ...one, state: 'locked' })) };
}

function refused(result: Applied) {
  return result.ok ? 'applied' : result.problem;
}

describe('apply, whatever is decided about whatever', () => {
  it('changes nothing but state, deadline, who concluded and the judgement of the images', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        const result = run(of, act, level);
        if (!result.ok) return;
        const bare = (one: Submission) => ({
          ...one,
          status: null,
          deadline: null,
          concludedBy: null,
          sentBack: null,
          images: one.images.map(({ state, reasons, comment, marks, ...rest }) => rest),
        });
        expect(bare(result.submission)).toEqual(bare(of));
      }),
    );
  });

  it('never changes the picture of an image, locked or not', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        const result = run(of, act, level);
        if (result.ok) expect(judged(result.submission)).toEqual(judged(of));
      }),
    );
  });

  it('leaves what it was given untouched', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        const before = structuredClone([of, act]);
        run(of, act, level);
        expect([of, act]).toEqual(before);
      }),
    );
  });

  it('applies nothing to a final state', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        fc.pre(isFinal(of.status) && act.kind !== 'submission.reopen');
        expect(refused(run(of, act, level))).toBe('decision.status');
      }),
    );
  });

  it('applies nothing outside the level’s own state', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        fc.pre(levelAt(of.status, by) !== level && act.kind !== 'submission.reopen');
        expect(refused(run(of, act, level))).toBe('decision.status');
      }),
    );
  });

  it('refuses another revision, and never merges', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 5 }), ([of, act, level], revision) => {
        fc.pre(revision !== of.revision);
        expect(run(of, act, level, revision)).toEqual({ ok: false, problem: 'decision.stale_revision', slots: [] });
      }),
    );
  });

  it('refuses another picture than the one judged, and names its slot', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ([of, act, level], pick) => {
        const names = 'slot' in act ? [act.slot] : of.images.map(({ slot: at }) => at);
        const replaced = names[pick % Math.max(1, names.length)];
        fc.pre(replaced !== undefined);
        const since = {
          ...of,
          images: of.images.map((one) => (one.slot === replaced ? { ...one, sha256: sha(99) } : one)),
        };
        expect(run(since, act, level)).toEqual({ ok: false, problem: 'decision.stale_image', slots: [replaced] });
      }),
    );
  });

  it('refuses to conclude when an image was added or taken away since', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        fc.pre(concludes(act));
        const added = { ...of, images: [...of.images, image('M24-1')] };
        expect(run(added, act, level)).toMatchObject({ problem: 'decision.stale_image', slots: ['M24-1'] });
        const [first, ...rest] = of.images;
        fc.pre(first !== undefined);
        expect(run({ ...of, images: rest }, act, level)).toMatchObject({
          problem: 'decision.stale_image',
          slots: [first?.slot],
        });
      }),
    );
  });

  it('approves only without obstacles', () => {
    fc.assert(
      fc.property(known, ([of, level]) => {
        const own = { ...of, status: reviewed(level) };
        const result = run(own, approval(own), level);
        expect(refused(result)).toBe(obstacles(own, by).length === 0 ? 'applied' : 'decision.not_approvable');
      }),
    );
  });

  it('unlocks exactly the named images on a return, with what was said of each', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        fc.pre(act.kind === 'submission.return');
        const result = run(of, act, level);
        if (!result.ok || act.kind !== 'submission.return') return;
        const back = new Map(act.images.map((one) => [one.slot, one]));
        for (const [index, one] of result.submission.images.entries()) {
          const named = back.get(one.slot);
          if (named) {
            const { reasons, comment, marks } = named;
            expect(one).toMatchObject({ state: 'returned', reasons, comment });
            expect(one.marks).toEqual(marks);
          } else {
            expect(one).toEqual(of.images[index]);
            expect(one.state).not.toBe('returned');
          }
        }
        expect(result.submission.status).toBe('returned');
        expect(result.submission.deadline).toBe('2026-03-13T02:00:00.000Z');
      }),
    );
  });

  it('lets nothing be returned without words, or refused without an E reason', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        const result = run(of, act, level);
        if (!result.ok) return;
        const said = (point: { reasons: readonly string[]; comment: string }) =>
          point.reasons.length > 0 || point.comment.trim() !== '';
        if (act.kind === 'image.return') expect(said(act)).toBe(true);
        if (act.kind === 'submission.return') {
          expect([...act.images, ...act.materials].every(said)).toBe(true);
          expect(act.images.length + act.materials.length > 0 || said(act.form)).toBe(true);
        }
        if (act.kind === 'submission.refuse') expect(act.reasons.some((code) => groupOf(code) === 'E')).toBe(true);
      }),
    );
  });

  it('applied twice is as applied once, or refused', () => {
    fc.assert(
      fc.property(cases, ([of, act, level]) => {
        const once = run(of, act, level);
        if (!once.ok) return;
        const twice = run(once.submission, act, level);
        if (isWhole(act)) expect(refused(twice)).toBe('decision.status');
        else expect(twice).toEqual(once);
      }),
    );
  });
});

describe('the cases above', () => {
  it('hold enough that is applied, of every kind', () => {
    const applied = fc
      .sample(cases, { numRuns: 4000, seed: 1 })
      .filter(([of, act, level]) => run(of, act, level).ok)
      .map(([, act]) => act.kind);
    const kinds = Act.options.map((option) => option.shape.kind.value).filter((kind) => kind !== 'submission.note');
    for (const kind of kinds) {
      expect(applied.filter((one) => one === kind).length, kind).toBeGreaterThan(10);
    }
  });
});

describe('a note', () => {
  const write = (text: string): Act => ({ kind: 'submission.note', image: null, text });

  it('is added in every state and at every revision, and changes nothing else', () => {
    fc.assert(
      fc.property(cases, ([of, , level]) => {
        const made = decision(of, write('已电话核实'), { revision: of.revision + 1 });
        const result = apply(of, made, { level, at: NOW, policy: policy() });
        const notes = [{ id: made.id, at: NOW, level, by: null, image: null, text: '已电话核实' }];
        expect(result).toEqual({ ok: true, submission: { ...of, notes } });
        const twice = result.ok && apply(result.submission, made, { level, at: NOW, policy: policy() });
        expect(twice).toEqual(result);
      }),
    );
  });

  it('needs words', () => {
    expect(Act.safeParse(write(' \n')).success).toBe(false);
    expect(Act.safeParse(write('字'.repeat(501))).success).toBe(false);
  });
});

describe('decisions on images', () => {
  const of = submission();
  const first = { slot: slot('M01-1'), sha256: sha(101) };
  const firstOf = (result: Applied) => (result.ok ? result.submission.images[0] : undefined);

  it('lock, return and reopen', () => {
    const marks: Mark[] = [{ x: 0.1, y: 0.2, reason: 'Q01' }];
    const returned = run(of, { kind: 'image.return', ...first, reasons: ['Q01', 'R01'], comment: '请重拍', marks });
    expect(firstOf(returned)).toMatchObject({ state: 'returned', reasons: ['Q01', 'R01'], comment: '请重拍', marks });
    const marked = returned.ok ? returned.submission : of;
    expect(firstOf(run(marked, { kind: 'image.lock', ...first }))).toMatchObject({
      state: 'locked',
      reasons: [],
      comment: '',
    });
    expect(firstOf(run(marked, { kind: 'image.reopen', ...first }))).toMatchObject({
      state: 'open',
      reasons: [],
      comment: '',
    });
    const again = run(marked, { kind: 'image.return', ...first, reasons: ['Q02'], comment: '' });
    for (const later of [run(marked, { kind: 'image.lock', ...first }), again]) {
      expect(firstOf(later)).not.toHaveProperty('marks');
    }
  });

  it('need a reason or a comment for a return; blanks are none', () => {
    const back = (comment: string) => run(of, { kind: 'image.return', ...first, reasons: [], comment });
    expect(refused(back(' \n'))).toBe('decision.no_reason');
    expect(refused(back('请重拍'))).toBe('applied');
  });

  it('know no slot that the submission has not', () => {
    const nowhere = { slot: slot('M24-1'), sha256: sha(1) };
    expect(run(of, { kind: 'image.lock', ...nowhere })).toMatchObject({
      problem: 'decision.stale_image',
      slots: ['M24-1'],
    });
  });
});

describe('conclusions', () => {
  const of = locked(submission());

  it('approve at both levels', () => {
    const site = run(of, approval(of));
    expect(site).toMatchObject({ ok: true, submission: { status: 'site_approved', deadline: of.deadline } });
    const passed = site.ok ? site.submission : of;
    expect(run(passed, approval(passed), 'district')).toMatchObject({
      ok: true,
      submission: { status: 'approved', deadline: null },
    });
    expect(refused(run(passed, approval(passed), 'site'))).toBe('decision.status');
  });

  it('refuse for good', () => {
    const result = run(of, refusal(of));
    expect(result).toMatchObject({ ok: true, submission: { status: 'refused', deadline: null } });
    const quality: Act = { kind: 'submission.refuse', images: judged(of), reasons: ['Q01'], comment: '模糊' };
    expect(refused(run(of, quality))).toBe('decision.no_reason');
  });

  it('return for a missing material or the form alone', () => {
    expect(refused(run(of, returning(of, [], {}, ['M11'])))).toBe('applied');
    const act = returning(of, []);
    expect(refused(run(of, act))).toBe('decision.no_reason');
    expect(refused(run(of, { ...act, form: { reasons: ['I01'], comment: '' } }))).toBe('applied');
  });

  it('do not keep an image that is marked for return', () => {
    const marked = run(of, {
      kind: 'image.return',
      slot: slot('M03-1'),
      sha256: sha(301),
      reasons: ['Q01'],
      comment: '',
    });
    const with3 = marked.ok ? marked.submission : of;
    expect(run(with3, returning(with3, ['M04-1']))).toMatchObject({ problem: 'decision.no_reason', slots: ['M03-1'] });
    expect(refused(run(with3, returning(with3, ['M03-1', 'M04-1'])))).toBe('applied');
  });

  it('do not name a slot twice', () => {
    const act = returning(of, ['M03-1']);
    const both: Act = { ...act, kept: judged(of) };
    expect(run(of, both)).toEqual({ ok: false, problem: 'request.invalid', slots: ['M03-1'] });
    const twice: Act = { ...act, images: [...act.images, ...act.images] };
    expect(run(of, twice)).toEqual({ ok: false, problem: 'request.invalid', slots: ['M03-1'] });
  });
});

describe('obstacles', () => {
  it('are missing materials, open images and returned ones', () => {
    const images = requiredImages(form(), by, { state: 'locked' });
    const of = submission({
      images: images
        .filter(({ slot: at }) => at !== 'M01-2' && at !== 'M10-1')
        .map((one) => {
          if (one.slot === 'M03-1') return { ...one, state: 'open' as const };
          return one.slot === 'M04-1' ? { ...one, state: 'returned' as const } : one;
        }),
    });
    expect(obstacles(of, by)).toEqual([
      { kind: 'missing', material: 'M01', count: 1 },
      { kind: 'missing', material: 'M10', count: 1 },
      { kind: 'open', slot: 'M03-1' },
      { kind: 'returned', slot: 'M04-1' },
    ]);
  });

  it('are none when all that is required is there and locked', () => {
    expect(obstacles(locked(submission()), by)).toEqual([]);
  });
});
