import { type PointId, pointsOf } from './catalogue/checklist.ts';
import { groupOf } from './catalogue/reasons.ts';
import type { Holder } from './claim.ts';
import { type Act, type Decision, isWhole, type Judged, judges } from './decision.ts';
import type { MaterialCode, Slot } from './ids.ts';
import { withMarks } from './mark.ts';
import { type Policy, requirements, reviewEnd } from './policy.ts';
import type { ProblemCode } from './problem.ts';
import { type Level, levelAfter, levelAt, levelBefore, next } from './status.ts';
import type { Image, Submission } from './submission.ts';
import { unseenIn } from './viewing.ts';

/** What keeps a submission from being approved. */
export type Obstacle =
  | { readonly kind: 'missing'; readonly material: MaterialCode; readonly count: number }
  | { readonly kind: 'open'; readonly slot: Slot }
  | { readonly kind: 'returned'; readonly slot: Slot };

export type Applied =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly problem: ProblemCode; readonly slots: readonly Slot[] };

type Context = {
  readonly level: Level;
  readonly at: string;
  readonly policy: Policy;
  /** Who decided, where that is known. */
  readonly by?: Holder;
};

const refuse = (problem: ProblemCode, slots: readonly Slot[] = []): Applied => ({ ok: false, problem, slots });

/**
 * Everything that is still in the way of approval: required materials that are missing, images not yet judged,
 * images marked for return. Empty = may be approved.
 */
export function obstacles(submission: Submission, policy: Policy): Obstacle[] {
  const missing = requirements(submission.form, policy).flatMap(({ material, min }): Obstacle[] => {
    const count = min - submission.images.filter((image) => image.material === material).length;
    return count > 0 ? [{ kind: 'missing', material, count }] : [];
  });
  const unlocked = submission.images.flatMap(({ state, slot }): Obstacle[] =>
    state === 'locked' ? [] : [{ kind: state, slot }],
  );
  return [...missing, ...unlocked];
}

/** Slots that a decision names more than once: returned and kept, say. Which of the two is meant can't be told. */
function namedTwice(judged: readonly Judged[]): Slot[] {
  const slots = judged.map(({ slot }) => slot);
  return [...new Set(slots.filter((slot, index) => slots.indexOf(slot) !== index))];
}

/** Slots whose picture is no longer the one that was judged, or that were not judged at all. */
function stale(images: readonly Image[], judged: readonly Judged[], complete: boolean): Slot[] {
  const current = new Map(images.map((image) => [image.slot, image.sha256]));
  const changed = judged.filter(({ slot, sha256 }) => current.get(slot) !== sha256).map(({ slot }) => slot);
  if (!complete) return changed;
  const seen = new Set(judged.map(({ slot }) => slot));
  return [...changed, ...images.filter(({ slot }) => !seen.has(slot)).map(({ slot }) => slot)];
}

function judgedBy(act: Act): readonly Judged[] {
  switch (act.kind) {
    case 'image.lock':
    case 'image.return':
    case 'image.reopen':
      return [act];
    case 'submission.return':
      return [...act.images, ...act.kept];
    case 'submission.approve':
    case 'submission.refuse':
    case 'submission.send_back':
    case 'submission.reopen':
      return act.images;
    case 'submission.note':
      return act.image ? [act.image] : [];
  }
}

/** Why a decision is not to be made now: the policy leaves refusals to other levels, or the state is another. */
function outOfTurn({ status }: Submission, act: Act, { level, policy }: Context): ProblemCode {
  const isTurn = levelAt(status, policy) === level;
  if (!isTurn) return 'decision.status';
  if (act.kind === 'submission.refuse') return 'decision.refuser';
  return act.kind === 'submission.send_back' ? 'decision.first_level' : 'decision.status';
}

/** Points of a picture that the district wants answered before its lock, and that are not. */
function unanswered(slot: Slot, answered: readonly PointId[], { mustAnswer = [] }: Policy): PointId[] {
  if (mustAnswer.length === 0) return [];
  return pointsOf(slot).filter((id) => mustAnswer.includes(id) && !answered.includes(id));
}

/** The point that a return or refusal lacks, if any. */
function incomplete(act: Act): ProblemCode | null {
  const silent = (point: { reasons: readonly string[]; comment: string }) =>
    point.reasons.length === 0 && point.comment.trim() === '';
  switch (act.kind) {
    case 'image.return':
      return silent(act) ? 'decision.no_reason' : null;
    case 'submission.return': {
      const points = [...act.images, ...act.materials];
      if (points.some(silent)) return 'decision.no_reason';
      return points.length === 0 && silent(act.form) ? 'decision.no_reason' : null;
    }
    case 'submission.send_back':
      return silent(act) ? 'decision.no_reason' : null;
    case 'submission.reopen':
      return act.comment.trim() === '' ? 'decision.no_reason' : null;
    case 'submission.refuse':
      return act.reasons.some((code) => groupOf(code) === 'E') ? null : 'decision.no_reason';
    default:
      return null;
  }
}

/** What is said of a picture: all of it is replaced by the next judgement. */
type Judgement = Pick<Image, 'state' | 'reasons' | 'comment' | 'marks'>;
const UNSAID = { reasons: [], comment: '' };

function withImage(submission: Submission, slot: Slot, { marks, ...judgement }: Judgement): Submission {
  const judgedAnew = ({ marks: _, ...image }: Image): Image => withMarks({ ...image, ...judgement }, marks);
  return { ...submission, images: submission.images.map((image) => (image.slot === slot ? judgedAnew(image) : image)) };
}

const saidIn = ({ reasons, comment, marks }: Omit<Judgement, 'state'>) => ({ reasons, comment, marks });

/** The deadline after an approval: the next level's own, else the same as before; none after the last level. */
function onward({ deadline }: Submission, level: Level, policy: Policy): string | null {
  const after = levelAfter(level, policy);
  if (after === null) return null;
  return policy.reviewUntilOf[after] === undefined ? deadline : reviewEnd(policy, after);
}

function carryOut(submission: Submission, act: Act, { at, policy, level }: Context): Submission {
  const concluded = { claim: null, concludedBy: level, sentBack: null };
  switch (act.kind) {
    case 'image.lock':
      return withImage(submission, act.slot, { state: 'locked', ...UNSAID });
    case 'image.return':
      return withImage(submission, act.slot, { ...saidIn(act), state: 'returned' });
    case 'image.reopen':
      return withImage(submission, act.slot, { state: 'open', ...UNSAID });
    case 'submission.approve':
      return { ...submission, ...concluded, deadline: onward(submission, level, policy) };
    case 'submission.return': {
      const marked = act.images.reduce(
        (all, image) => withImage(all, image.slot, { ...saidIn(image), state: 'returned' }),
        submission,
      );
      return {
        ...marked,
        ...concluded,
        deadline: new Date(Date.parse(at) + policy.reuploadHours * 3_600_000).toISOString(),
      };
    }
    case 'submission.refuse':
      return { ...submission, ...concluded, deadline: null };
    case 'submission.note':
      return submission;
    case 'submission.send_back': {
      const { reasons, comment } = act;
      const deadline = reviewEnd(policy, levelBefore(level, policy));
      return { ...submission, ...concluded, deadline, sentBack: { at, from: level, reasons, comment } };
    }
    case 'submission.reopen':
      return { ...submission, concludedBy: null };
  }
}

/** The submission with a note on top of the others. It names the picture as it was then, whatever is there now. */
function withNote(submission: Submission, { id, act }: Decision, { level, at, by }: Context): Submission {
  const { notes = [] } = submission;
  if (act.kind !== 'submission.note' || notes.some((note) => note.id === id)) return submission;
  return { ...submission, notes: [{ id, at, level, by: by ?? null, image: act.image, text: act.text }, ...notes] };
}

/**
 * Applies a decision to a submission: the one rule that the service enforces and that the workstation shows ahead of
 * the answer. Never merges: a decision on another revision or another picture than the current one is refused with
 * the slots concerned. `at` is the instant of application (the service's clock when it counts).
 *
 * A decision that concludes the review ends the claim. Opinions and `seq` are the service's to add, and so is whose the
 * claim is (`admit`).
 */
export function apply(submission: Submission, decision: Decision, context: Context): Applied {
  const { act } = decision;
  if (!judges(act)) return { ok: true, submission: withNote(submission, decision, context) };
  if (decision.revision !== submission.revision) return refuse('decision.stale_revision');
  const slots = stale(submission.images, judgedBy(act), isWhole(act));
  if (slots.length > 0) return refuse('decision.stale_image', slots);
  const status = next(submission, act.kind, context.level, context.policy);
  if (status === null) return refuse(outOfTurn(submission, act, context));
  const unseen = unseenIn(act, decision.viewed, context.policy);
  if (unseen.length > 0) return refuse('decision.not_seen', unseen);
  const twice = namedTwice(judgedBy(act));
  if (twice.length > 0) return refuse('request.invalid', twice);
  const lack = incomplete(act);
  if (lack) return refuse(lack);
  if (act.kind === 'image.lock' && unanswered(act.slot, act.answered ?? [], context.policy).length > 0) {
    return refuse('decision.unanswered', [act.slot]);
  }
  if (act.kind === 'submission.approve' && obstacles(submission, context.policy).length > 0) {
    return refuse('decision.not_approvable');
  }
  if (act.kind === 'submission.return') {
    const kept = new Set(act.kept.map(({ slot }) => slot));
    const contradicted = submission.images.filter(({ slot, state }) => state === 'returned' && kept.has(slot));
    // A picture marked for return must be among those that go back: otherwise the candidate would never hear of it.
    if (contradicted.length > 0)
      return refuse(
        'decision.no_reason',
        contradicted.map(({ slot }) => slot),
      );
  }
  const carried = carryOut(submission, act, context);
  if (act.kind !== 'submission.reopen') return { ok: true, submission: { ...carried, status } };
  const deadline = reviewEnd(context.policy, levelAt(status, context.policy));
  return { ok: true, submission: { ...carried, status, deadline } };
}
