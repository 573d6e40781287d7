import { replaceEqualDeep } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Obstacle, obstacles } from '../../shared/apply.ts';
import { type Check, derive, type ImageFacts } from '../../shared/checks/check.ts';
import type { Claim } from '../../shared/claim.ts';
import type { ActKind } from '../../shared/decision.ts';
import { actedElsewhere } from '../../shared/duties.ts';
import type { Form } from '../../shared/form.ts';
import type { MaterialCode, Sha256, Slot, SubmissionId } from '../../shared/ids.ts';
import type { ReviewSubject, SignedIn } from '../../shared/ipc.ts';
import { type Requirement, requirements } from '../../shared/policy.ts';
import { levelAt, next } from '../../shared/status.ts';
import type { Image, Status } from '../../shared/submission.ts';
import { useSession, useSubject } from '../query.ts';
import type { Mark } from '../ui/StateIcon.tsx';

/** All that the parts of the review screen show of one submission, derived once. */
export type Bench = {
  readonly subject: ReviewSubject;
  readonly signedIn: SignedIn;
  /** This reviewer may decide on it now. */
  readonly decidable: boolean;
  /** Another one reviews it. */
  readonly heldBy: Claim | null;
  /** What else this reviewer may do with the submission as a whole: the policy and its state say. */
  readonly may: { readonly refuse: boolean; readonly sendBack: boolean };
  /** This supervisor may name who reviews it. */
  readonly assignable: boolean;
  readonly images: ReadonlyMap<Slot, Image>;
  readonly facts: ReadonlyMap<Sha256, ImageFacts>;
  readonly needs: readonly Requirement[];
  readonly checks: readonly Check[];
  readonly obstacles: readonly Obstacle[];
  /** Slots still to be judged. */
  readonly open: ReadonlySet<Slot>;
  /** Pictures of each material. */
  readonly counts: ReadonlyMap<MaterialCode, number>;
};

/** How each status is drawn. */
const STATUS_MARK: Readonly<Record<Status, Mark>> = {
  draft: 'untouched',
  pending: 'untouched',
  returned: 'returned',
  point_approved: 'passed',
  site_approved: 'passed',
  approved: 'approved',
  refused: 'refused',
  lapsed: 'lapsed',
};

/** The sign of a submission's status. */
export const markOf = (status: Status): Mark => STATUS_MARK[status];

/** Local calendar date, for the checks. */
const today = (): string => {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/**
 * What was laid out before for the same form: a read keeps the objects that have not changed, and so does what is derived
 * from them, so that a lock draws what it changed and nothing else.
 */
const laid = new WeakMap<Form, Bench>();

/** Derives what the parts of the screen show; what is equal to before is the same object. */
export function layOut(subject: ReviewSubject, signedIn: SignedIn): Bench {
  const { form } = subject.submission;
  const before = laid.get(form);
  const bench = derived(subject, signedIn);
  const kept = before
    ? {
        ...bench,
        facts: before.subject.facts === subject.facts ? before.facts : bench.facts,
        counts: sameCounts(before.counts, bench.counts) ? before.counts : bench.counts,
        may: replaceEqualDeep(before.may, bench.may),
        needs: replaceEqualDeep(before.needs, bench.needs),
        checks: replaceEqualDeep(before.checks, bench.checks),
        obstacles: replaceEqualDeep(before.obstacles, bench.obstacles),
      }
    : bench;
  laid.set(form, kept);
  return kept;
}

const sameCounts = (one: Bench['counts'], other: Bench['counts']) =>
  one.size === other.size && [...one].every(([material, count]) => other.get(material) === count);

function derived(subject: ReviewSubject, signedIn: SignedIn): Bench {
  const { submission } = subject;
  const { policy, account } = signedIn;
  const { claim } = submission;
  const heldBy = claim && claim.holder.id !== account.id ? claim : null;
  const { role, level } = account;
  const may = (kind: ActKind) =>
    heldBy === null &&
    role === 'reviewer' &&
    level !== null &&
    !actedElsewhere(submission.parts, account.id, level) &&
    next(submission, kind, level, policy) !== null;
  const counts = new Map<MaterialCode, number>();
  for (const { material } of submission.images) counts.set(material, (counts.get(material) ?? 0) + 1);
  return {
    subject,
    signedIn,
    decidable:
      heldBy === null &&
      account.role === 'reviewer' &&
      account.level !== null &&
      levelAt(submission.status, policy) === account.level &&
      !actedElsewhere(submission.parts, account.id, account.level),
    heldBy,
    may: {
      refuse: may('submission.refuse'),
      sendBack: may('submission.send_back'),
    },
    assignable: account.role === 'supervisor' && levelAt(submission.status, policy) !== null,
    images: new Map(submission.images.map((image) => [image.slot, image])),
    facts: new Map(subject.facts.map((facts) => [facts.sha256, facts])),
    needs: requirements(submission.form, policy),
    checks: derive({
      form: submission.form,
      images: submission.images,
      facts: subject.facts,
      shared: subject.shared,
      policy,
      today: today(),
    }),
    obstacles: obstacles(submission, policy),
    open: new Set(submission.images.filter(({ state }) => state === 'open').map(({ slot }) => slot)),
    counts,
  };
}

/** Reads and derives; null while it is read. */
export function useBench(id: SubmissionId): { bench: Bench | null; error: unknown } {
  const session = useSession();
  const subject = useSubject(id);
  const bench = useMemo(
    () => (subject.data && session.data ? layOut(subject.data, session.data) : null),
    [subject.data, session.data],
  );
  return { bench, error: subject.error };
}
