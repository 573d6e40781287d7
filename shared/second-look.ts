import type { AccountId } from './ids.ts';
import type { Policy } from './policy.ts';
import { type Level, levelAt } from './status.ts';
import type { Submission } from './submission.ts';
import type { DecisionRecord } from './wire.ts';

/** Who looks; `level` is null for those who don't review. */
export type Viewer = { readonly id: AccountId; readonly role: string; readonly level: Level | null };

/** Whether somebody is to judge a submission without knowing what the levels before them decided and wrote. */
export function looksUnbiased(
  { status }: Pick<Submission, 'status'>,
  { role, level }: Viewer,
  policy: Pick<Policy, 'unbiased' | 'levels'>,
): boolean {
  return policy.unbiased && role === 'reviewer' && level !== policy.levels[0] && levelAt(status, policy) === level;
}

/**
 * A submission as somebody may see it. Reviewers are told only of their own part in it. Who is to look without bias
 * sees no message, no picture that was replaced and no remark of the levels before; what is locked stays locked.
 */
export function shownTo(
  submission: Submission,
  viewer: Viewer,
  policy: Pick<Policy, 'unbiased' | 'levels'>,
): Submission {
  if (viewer.role !== 'reviewer') return submission;
  const parts = submission.parts.filter(({ account }) => account === viewer.id);
  if (!looksUnbiased(submission, viewer, policy)) return { ...submission, parts };
  return {
    ...submission,
    parts,
    opinions: [],
    sentBack: null,
    ...(submission.notes ? { notes: submission.notes.filter(({ level }) => level === viewer.level) } : {}),
    images: submission.images.map((image) => ({ ...image, earlier: [] })),
  };
}

/** The decisions on a submission that somebody may see. */
export function decisionsShownTo(
  decisions: readonly DecisionRecord[],
  submission: Pick<Submission, 'status'>,
  viewer: Viewer,
  policy: Pick<Policy, 'unbiased' | 'levels'>,
): DecisionRecord[] {
  if (!looksUnbiased(submission, viewer, policy)) return [...decisions];
  return decisions.filter(({ by }) => by.level === viewer.level);
}
