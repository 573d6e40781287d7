import { z } from 'zod';
import { apply, type Obstacle, obstacles } from './apply.ts';
import { type Act, type Decision, isWhole, type Judged, judges } from './decision.ts';
import { type AccountId, type MaterialCode, materialOf, type Sha256, type Slot } from './ids.ts';
import type { Policy } from './policy.ts';
import type { ProblemCode } from './problem.ts';
import type { Level } from './status.ts';
import type { Image, Submission } from './submission.ts';

/** What a person does about a decision that was not taken: 维持, 修改, 放弃. */
export const CHOICES = ['kept', 'changed', 'dropped'] as const;
export const Choice = z.enum(CHOICES);
export type Choice = z.infer<typeof Choice>;

/** A place in the submission then and now; `null` where there was, or is, no picture. */
export type Place = {
  readonly slot: Slot;
  readonly judged: Sha256 | null;
  readonly current: Sha256 | null;
};

/** Why the same judgement can't be made on what is there now. */
export type Hindrance =
  /** The submission is no longer here. */
  | { readonly kind: 'absent' }
  /** It would be refused to this account again. */
  | { readonly kind: 'account' }
  /** Somebody else reviews it now. */
  | { readonly kind: 'held'; readonly name: string }
  /** Nobody of this level decides in the present state. */
  | { readonly kind: 'status' }
  /** The picture that it is about was taken away. */
  | { readonly kind: 'gone'; readonly slots: readonly Slot[] }
  /** It is so already. */
  | { readonly kind: 'already' }
  /** It asks for materials that are there by now. */
  | { readonly kind: 'supplied'; readonly materials: readonly MaterialCode[] }
  /** Pictures are marked for return that it keeps. */
  | { readonly kind: 'marked'; readonly slots: readonly Slot[] }
  /** What stands in the way of approval. */
  | { readonly kind: 'obstacles'; readonly obstacles: readonly Obstacle[] }
  /** The rules refuse it whatever is there. */
  | { readonly kind: 'rules'; readonly problem: ProblemCode };

/** Whether the same judgement can be made anew, and as which act. */
export type Keep = { readonly ok: true; readonly act: Act } | { readonly ok: false; readonly why: Hindrance };

/** What is left of a parked decision. */
export type Remains = {
  /** Places whose picture is not the one that was judged, in the order of the submission; gone ones last. */
  readonly changed: readonly Place[];
  /** Places that are as they were judged. */
  readonly unchanged: readonly Place[];
  readonly keep: Keep;
};

export type Parked = { readonly decision: Decision; readonly problem: ProblemCode | null };
/** `me`: the account that would decide anew. */
type Rules = { readonly level: Level; readonly policy: Policy; readonly me: AccountId };

/** Problems of the account or the request: the same decision would meet them again. */
const LASTING: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'account.not_allowed',
  'request.not_found',
  'duty.other_level',
  'duty.supervisor',
]);

/** Every picture that an act names, as it was on screen. */
export function judgedIn(act: Act): readonly Judged[] {
  switch (act.kind) {
    case 'image.lock':
    case 'image.return':
    case 'image.reopen':
      return [{ slot: act.slot, sha256: act.sha256 }];
    case 'submission.return':
      return [...act.images, ...act.kept].map(({ slot, sha256 }) => ({ slot, sha256 }));
    case 'submission.approve':
    case 'submission.refuse':
    case 'submission.send_back':
    case 'submission.reopen':
      return act.images;
    case 'submission.note':
      return act.image ? [act.image] : [];
  }
}

function placesOf(act: Act, submission: Submission | null): Place[] {
  const then = new Map(judgedIn(act).map(({ slot, sha256 }) => [slot, sha256]));
  const images = submission?.images ?? [];
  const here = images.filter(({ slot }) => isWhole(act) || then.has(slot));
  const known = new Set(here.map(({ slot }) => slot));
  return [
    ...here.map(({ slot, sha256 }) => ({ slot, judged: then.get(slot) ?? null, current: sha256 })),
    ...[...then].filter(([slot]) => !known.has(slot)).map(([slot, judged]) => ({ slot, judged, current: null })),
  ];
}

const current = (images: readonly Image[]): Judged[] => images.map(({ slot, sha256 }) => ({ slot, sha256 }));

/** Whether a picture is judged in that very way now. */
function isSo({ state, reasons, comment, marks }: Image, act: Act): boolean {
  switch (act.kind) {
    case 'image.lock':
      return state === 'locked';
    case 'image.reopen':
      return state === 'open';
    case 'image.return':
      return (
        state === 'returned' &&
        reasons.join() === act.reasons.join() &&
        comment === act.comment &&
        JSON.stringify(marks ?? []) === JSON.stringify(act.marks ?? [])
      );
    default:
      return false;
  }
}

/** Materials that a return asks for, none of whose pictures was there then, and that are there now. */
function supplied(act: Extract<Act, { kind: 'submission.return' }>, { images }: Submission): MaterialCode[] {
  const then = new Set(judgedIn(act).map(({ slot }) => materialOf(slot)));
  const now = new Set(images.map(({ material }) => material));
  return act.materials.map(({ material }) => material).filter((material) => !then.has(material) && now.has(material));
}

/** A judgement on the picture that is there now. Marks and answers are about the one that was judged, and go with it. */
function onto<T extends Judged & { readonly marks?: unknown; readonly answered?: unknown }>(
  point: T,
  sha256: Sha256,
): T {
  if (point.sha256 === sha256) return point;
  const { marks: _, answered: __, ...said } = point;
  return { ...said, sha256 } as T;
}

/** The act with the pictures that are there now, its words untouched; or why there is no such act. */
function anew(act: Act, submission: Submission): Keep {
  const { images } = submission;
  const no = (why: Hindrance): Keep => ({ ok: false, why });
  switch (act.kind) {
    case 'image.lock':
    case 'image.return':
    case 'image.reopen': {
      const image = images.find(({ slot }) => slot === act.slot);
      if (!image) return no({ kind: 'gone', slots: [act.slot] });
      return isSo(image, act) ? no({ kind: 'already' }) : { ok: true, act: onto(act, image.sha256) };
    }
    case 'submission.note':
      return { ok: true, act };
    case 'submission.approve':
      return { ok: true, act: { ...act, images: current(images) } };
    case 'submission.refuse':
      return { ok: true, act: { ...act, images: current(images) } };
    case 'submission.send_back':
      return { ok: true, act: { ...act, images: current(images) } };
    case 'submission.reopen':
      return { ok: true, act: { ...act, images: current(images) } };
    case 'submission.return': {
      const now = new Map(images.map(({ slot, sha256 }) => [slot, sha256]));
      const gone = act.images.filter(({ slot }) => !now.has(slot)).map(({ slot }) => slot);
      if (gone.length > 0) return no({ kind: 'gone', slots: gone });
      const given = supplied(act, submission);
      if (given.length > 0) return no({ kind: 'supplied', materials: given });
      const back = new Set(act.images.map(({ slot }) => slot));
      return {
        ok: true,
        act: {
          ...act,
          images: act.images.map((image) => onto(image, now.get(image.slot) ?? image.sha256)),
          kept: current(images.filter(({ slot }) => !back.has(slot))),
        },
      };
    }
  }
}

function keepOf({ decision, problem }: Parked, submission: Submission | null, { level, policy, me }: Rules): Keep {
  const no = (why: Hindrance): Keep => ({ ok: false, why });
  if (!submission) return no({ kind: 'absent' });
  if (problem !== null && LASTING.has(problem)) return no({ kind: 'account' });
  const rebuilt = anew(decision.act, submission);
  const act = rebuilt.ok ? rebuilt.act : decision.act;
  const again = { ...decision, revision: submission.revision, act };
  const applied = apply(submission, again, { level, policy, at: decision.madeAt });
  // That nobody decides now matters more than what else is in the way.
  if (!applied.ok && applied.problem === 'decision.status') return no({ kind: 'status' });
  const { claim } = submission;
  if (claim && claim.holder.id !== me && judges(act)) return no({ kind: 'held', name: claim.holder.name });
  if (!rebuilt.ok || applied.ok) return rebuilt;
  if (applied.problem === 'decision.not_approvable') {
    return no({ kind: 'obstacles', obstacles: obstacles(submission, policy) });
  }
  if (applied.problem === 'decision.no_reason' && applied.slots.length > 0) {
    return no({ kind: 'marked', slots: applied.slots });
  }
  return no({ kind: 'rules', problem: applied.problem });
}

/**
 * What is left of a decision that was not taken, against the submission as it is now (null when it is not here). Merges
 * nothing: the act to keep it by names only pictures that are there now and says exactly what was said; whether it is
 * made is for a person who has seen them.
 */
export function remains(parked: Parked, submission: Submission | null, rules: Rules): Remains {
  const places = placesOf(parked.decision.act, submission);
  const isSame = ({ judged, current: now }: Place) => judged === now;
  return {
    changed: places.filter((place) => !isSame(place)),
    unchanged: places.filter(isSame),
    keep: keepOf(parked, submission, rules),
  };
}
