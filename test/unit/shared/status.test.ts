import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../shared/apply.ts';
import { Act, type ActKind } from '../../../shared/decision.ts';
import { lockedFor } from '../../../shared/lock-mode.ts';
import { LOCK_MODES, Policy } from '../../../shared/policy.ts';
import {
  isFinal,
  LEVELS,
  type Level,
  levelAfter,
  levelAt,
  levelBefore,
  next,
  passedStates,
  stateOf,
} from '../../../shared/status.ts';
import { STATUSES, type Status, type Submission } from '../../../shared/submission.ts';
import { actsOn } from '../../factories/arbitraries.ts';
import { decision, form, image, NOW, policy, requiredImages, sha, submission } from '../../factories/submission.ts';

const KINDS: readonly ActKind[] = Act.options.map((option) => option.shape.kind.value);

/** Policies with every choice and order of levels that can be, and refusals left to any of them. */
const policies = fc
  .record({
    levels: fc.subarray([...LEVELS], { minLength: 1 }),
    refusers: fc.subarray([...LEVELS]),
    lockMode: fc.constantFrom(...LOCK_MODES),
  })
  .map((own) => policy(own));
const levels = fc.constantFrom(...LEVELS);
const of = (status: Status, own: Partial<Submission> = {}) => submission({ status, ...own });

describe('a policy', () => {
  it('names levels in their order, each once', () => {
    const known = policy();
    expect(Policy.safeParse({ ...known, levels: ['point', 'site', 'district'] }).success).toBe(true);
    for (const wrong of [[], ['district', 'site'], ['site', 'site'], ['site', 'province']]) {
      expect(Policy.safeParse({ ...known, levels: wrong }).success, wrong.join()).toBe(false);
    }
  });

  it('of before there were levels means 考点 → 考区, all locked on submission', () => {
    const { levels: _, lockMode: _mode, refusers: _refusers, points: _points, unbiased: _unbiased, ...old } = policy();
    const { reviewUntilOf: _until, ...before } = old;
    expect(Policy.parse(before)).toEqual(policy());
  });
});

describe('the levels', () => {
  it('review one after the other: each where the one before has passed', () => {
    fc.assert(
      fc.property(policies, (by) => {
        const order: Level[] = [];
        let status: Status = 'pending';
        for (;;) {
          const level = levelAt(status, by);
          if (level === null) break;
          order.push(level);
          expect(status).toBe(stateOf(level, by));
          status = next(of(status), 'submission.approve', level, by) ?? 'draft';
        }
        expect(order).toEqual(by.levels);
        expect(status).toBe('approved');
      }),
    );
  });

  it('have neighbours', () => {
    fc.assert(
      fc.property(policies, (by) => {
        for (const [place, level] of by.levels.entries()) {
          expect(levelBefore(level, by)).toBe(by.levels[place - 1] ?? null);
          expect(levelAfter(level, by)).toBe(by.levels[place + 1] ?? null);
        }
      }),
    );
  });

  it('find their work after the district has changed its levels', () => {
    expect(levelAt('point_approved', { levels: ['site', 'district'] })).toBe('site');
    expect(levelAt('site_approved', { levels: ['point', 'district'] })).toBe('district');
    expect(levelAt('site_approved', { levels: ['point', 'site'] })).toBeNull();
  });

  it('have passed what came after them', () => {
    expect(passedStates('point')).toEqual(['point_approved', 'site_approved', 'approved']);
    expect(passedStates('site')).toEqual(['site_approved', 'approved']);
    expect(passedStates('district')).toEqual(['approved']);
    expect(passedStates(null)).toEqual(['approved']);
  });
});

describe('next', () => {
  it('lets a level decide only in its own state, whatever the policy', () => {
    fc.assert(
      fc.property(policies, levels, fc.constantFrom(...STATUSES), (by, level, status) => {
        for (const kind of KINDS) {
          if (kind === 'submission.reopen') continue;
          const allowed =
            levelAt(status, by) === level &&
            (kind !== 'submission.refuse' || by.refusers.includes(level)) &&
            (kind !== 'submission.send_back' || by.levels[0] !== level);
          expect(next(of(status), kind, level, by) !== null, `${status} ${kind} ${level}`).toBe(allowed);
        }
      }),
    );
  });

  it('leaves the state as it is for images', () => {
    const by = policy();
    for (const level of by.levels) {
      const own = stateOf(level, by) ?? 'draft';
      for (const kind of ['image.lock', 'image.return', 'image.reopen'] as const) {
        expect(next(of(own), kind, level, by)).toBe(own);
      }
    }
  });

  it('leads on as the table of states says', () => {
    const by = policy();
    expect(next(of('pending'), 'submission.approve', 'site', by)).toBe('site_approved');
    expect(next(of('site_approved'), 'submission.approve', 'district', by)).toBe('approved');
    expect(next(of('site_approved'), 'submission.send_back', 'district', by)).toBe('pending');
    const three = policy({ levels: ['point', 'site', 'district'] });
    expect(next(of('pending'), 'submission.approve', 'point', three)).toBe('point_approved');
    expect(next(of('point_approved'), 'submission.approve', 'site', three)).toBe('site_approved');
    expect(next(of('point_approved'), 'submission.send_back', 'site', three)).toBe('pending');
    expect(next(of('site_approved'), 'submission.send_back', 'district', three)).toBe('point_approved');
    for (const level of three.levels) {
      expect(next(of(stateOf(level, three) ?? 'draft'), 'submission.return', level, three)).toBe('returned');
      expect(next(of(stateOf(level, three) ?? 'draft'), 'submission.refuse', level, three)).toBe('refused');
    }
  });
});

describe('a reopening', () => {
  const by = policy();
  const reopen = (status: Status, level: Level, own: Partial<Submission> = {}) =>
    next(of(status, own), 'submission.reopen', level, by);

  it('is the last level’s of what passed all, and a level’s of its own approval until the next has concluded', () => {
    expect(reopen('approved', 'district')).toBe('site_approved');
    expect(reopen('approved', 'site')).toBeNull();
    expect(reopen('site_approved', 'site')).toBe('pending');
    expect(reopen('site_approved', 'district')).toBeNull();
    expect(reopen('pending', 'site')).toBeNull();
    expect(reopen('returned', 'site')).toBeNull();
  });

  it('of a refusal is that level’s or a higher one’s, and leads back to where it was refused', () => {
    expect(reopen('refused', 'site', { concludedBy: 'site' })).toBe('pending');
    expect(reopen('refused', 'district', { concludedBy: 'site' })).toBe('pending');
    expect(reopen('refused', 'district', { concludedBy: 'district' })).toBe('site_approved');
    expect(reopen('refused', 'site', { concludedBy: 'district' })).toBeNull();
    expect(reopen('refused', 'district')).toBe('pending');
    expect(reopen('refused', 'site')).toBeNull();
  });

  it('never touches what has lapsed, or what the candidate has signed', () => {
    fc.assert(
      fc.property(policies, levels, fc.constantFrom(...STATUSES), (rules, level, status) => {
        const signed = of(status, { images: [image('M26-1', { state: 'locked' })] });
        expect(next(signed, 'submission.reopen', level, rules)).toBeNull();
        expect(next(of('lapsed'), 'submission.reopen', level, rules)).toBeNull();
      }),
    );
  });
});

describe('any run of decisions by anybody, over any policy', () => {
  /** A submission with all that is required, and what a lot of reviewers of all levels would do to it. */
  const runs = policies.chain((by) => {
    const begun = submission({ images: requiredImages(form(), by) });
    const steps = fc.array(fc.tuple(actsOn(begun), levels), { minLength: 1, maxLength: 40 });
    return fc.tuple(fc.constant(by), fc.constant(begun), steps, fc.array(fc.nat(2), { maxLength: 3 }));
  });
  /** The run, with approvals by every level strewn in so that the end is reached often. */
  function play([by, begun, steps]: [Policy, Submission, [Act, Level][], number[]], eager: boolean) {
    let now = begun;
    const taken: { act: Act; level: Level; before: Submission; after: Submission }[] = [];
    const images = begun.images.map(({ slot, sha256 }) => ({ slot, sha256 }));
    const approvals = by.levels.map((level): [Act, Level] => [{ kind: 'submission.approve', images }, level]);
    const locks = images.map((one): [Act, Level] => [{ kind: 'image.lock', ...one }, 'site']);
    const strewn = steps.flatMap((step, index): [Act, Level][] => {
      if (!eager || index % 3 > 0) return [step];
      const by1 = locks.flatMap(([act]) => by.levels.map((level): [Act, Level] => [act, level]));
      return [...by1, ...approvals, step];
    });
    for (const [act, level] of strewn) {
      const applied = apply(now, decision(now, act), { level, at: NOW, policy: by });
      if (!applied.ok) continue;
      taken.push({ act, level, before: now, after: applied.submission });
      // The candidate answers a return at once.
      now =
        applied.submission.status === 'returned'
          ? {
              ...applied.submission,
              status: 'pending',
              images: applied.submission.images.map((one) =>
                one.state === 'returned' ? { ...one, state: 'open' } : one,
              ),
            }
          : applied.submission;
    }
    return taken;
  }

  it('comes to 审核通过 only through the approval of every level, in their order', () => {
    let reached = 0;
    fc.assert(
      fc.property(runs, (run) => {
        const [by] = run;
        /** Levels whose approval stands. */
        let standing: Level[] = [];
        for (const { act, level, after } of play(run, true)) {
          if (act.kind === 'submission.approve') standing.push(level);
          else if (after.status === 'returned') standing = [];
          else if (act.kind === 'submission.send_back') standing.pop();
          else if (act.kind === 'submission.reopen') {
            const back = levelAt(after.status, by);
            standing = standing.slice(0, by.levels.indexOf(back ?? level));
          }
          if (after.status === 'approved') {
            reached += 1;
            expect(standing).toEqual(by.levels);
          }
        }
      }),
    );
    expect(reached).toBeGreaterThan(100);
  });

  it('never changes a picture, and never leaves a locked one to the candidate', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const [by] = run;
        for (const { before, after } of play(run, false)) {
          expect(after.images.map(({ slot, sha256 }) => [slot, sha256])).toEqual(
            before.images.map(({ slot, sha256 }) => [slot, sha256]),
          );
          for (const { slot, state } of after.images) {
            if (state === 'locked') expect(lockedFor(after, slot, [slot], by)).toBe('image.locked');
          }
        }
      }),
    );
  });

  it('leaves what is final as it is, but for a reopening with words', () => {
    let reopened = 0;
    fc.assert(
      fc.property(runs, (run) => {
        for (const { act, before } of play(run, true)) {
          if (!isFinal(before.status)) continue;
          expect(act.kind).toBe('submission.reopen');
          if (act.kind === 'submission.reopen') expect(act.comment.trim()).not.toBe('');
          reopened += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(reopened).toBeGreaterThan(0);
  });
});

describe('the mode of locking', () => {
  const begun = submission({ images: [image('M01-1'), image('M01-2', { state: 'locked', sha256: sha(2) })] });
  const [open, locked] = begun.images;
  const may = (status: Status, lockMode: Policy['lockMode'], asked: null | 'M01-1' = null) =>
    open && lockedFor({ ...begun, status }, open.slot, asked ? [open.slot] : null, { lockMode });

  it('2020: nothing changes once it is handed in, but what is asked for', () => {
    expect(may('pending', 'on_submit')).toBe('image.not_wanted');
    expect(may('returned', 'on_submit')).toBe('image.not_wanted');
    expect(may('returned', 'on_submit', 'M01-1')).toBeNull();
  });

  it('2022: a picture may be changed until it is judged or the first level has concluded', () => {
    expect(may('pending', 'on_review')).toBeNull();
    for (const status of ['point_approved', 'site_approved', 'approved', 'refused', 'lapsed', 'returned'] as const) {
      expect(may(status, 'on_review'), status).toBe('image.not_wanted');
    }
    expect(locked && lockedFor(begun, locked.slot, [locked.slot], { lockMode: 'on_review' })).toBe('image.locked');
  });
});
