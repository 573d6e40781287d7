import { describe, expect, it } from 'vitest';
import { Act, type ActKind } from '../../../shared/decision.ts';
import { isFinal, LEVELS, next, REVIEWS } from '../../../shared/status.ts';
import { STATUSES } from '../../../shared/submission.ts';

const KINDS: readonly ActKind[] = Act.options.map((option) => option.shape.kind.value);

describe('next', () => {
  it('lets a level decide only in its own state', () => {
    for (const level of LEVELS) {
      for (const status of STATUSES) {
        for (const kind of KINDS) {
          expect(next(status, kind, level) !== null, `${status} ${kind} ${level}`).toBe(status === REVIEWS[level]);
        }
      }
    }
  });

  it('leaves the state as it is for images', () => {
    for (const level of LEVELS) {
      for (const kind of ['image.lock', 'image.return', 'image.reopen'] as const) {
        expect(next(REVIEWS[level], kind, level)).toBe(REVIEWS[level]);
      }
    }
  });

  it('leads on as the table of states says', () => {
    expect(next('pending', 'submission.approve', 'site')).toBe('site_approved');
    expect(next('site_approved', 'submission.approve', 'district')).toBe('approved');
    for (const level of LEVELS) {
      expect(next(REVIEWS[level], 'submission.return', level)).toBe('returned');
      expect(next(REVIEWS[level], 'submission.refuse', level)).toBe('refused');
    }
  });

  it('has no way to 审核通过 that leaves a level out', () => {
    const before = STATUSES.filter((status) =>
      KINDS.some((kind) => LEVELS.some((level) => next(status, kind, level) === 'approved')),
    );
    expect(before).toEqual(['site_approved']);
    const earlier = STATUSES.filter(
      (status) =>
        status !== 'site_approved' &&
        KINDS.some((kind) => LEVELS.some((level) => next(status, kind, level) === 'site_approved')),
    );
    expect(earlier).toEqual(['pending']);
  });

  it('has no way out of a final state', () => {
    const final = STATUSES.filter(isFinal);
    expect(final).toEqual(['approved', 'refused', 'lapsed']);
    for (const status of final) {
      for (const kind of KINDS) for (const level of LEVELS) expect(next(status, kind, level)).toBeNull();
    }
  });
});
