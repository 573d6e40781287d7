import type { ReasonCode } from '../catalogue/reasons.ts';
import type { Act, Decision } from '../decision.ts';
import { type MaterialCode, materialOf, type Slot } from '../ids.ts';
import { judgedIn } from '../resolve.ts';

/** What the audit finds a decision by, besides who, when and where. */
export type DecisionFacts = {
  readonly kind: Act['kind'];
  /** The one picture that it is about. */
  readonly slot: Slot | null;
  readonly reasons: readonly ReasonCode[];
  /** Materials that it says something of; a conclusion that passes all of them names none. */
  readonly materials: readonly MaterialCode[];
  /** All that was written, one text a line. */
  readonly words: string;
  /** For how long the picture was on screen that was seen for the shortest time, ms; null where nothing was recorded. */
  readonly viewedMs: number | null;
};

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

type Said = { readonly reasons: readonly ReasonCode[]; readonly comment: string };

/** Everything that an act says, picture by picture. */
function saidIn(act: Act): readonly Said[] {
  switch (act.kind) {
    case 'image.return':
    case 'submission.refuse':
    case 'submission.send_back':
      return [act];
    case 'submission.return':
      return [...act.images, ...act.materials, act.form];
    case 'submission.reopen':
      return [{ reasons: [], comment: act.comment }];
    case 'submission.note':
      return [{ reasons: [], comment: act.text }];
    case 'image.lock':
    case 'image.reopen':
    case 'submission.approve':
      return [];
  }
}

function materialsIn(act: Act): readonly MaterialCode[] {
  if ('slot' in act) return [materialOf(act.slot)];
  if (act.kind === 'submission.note') return act.image === null ? [] : [materialOf(act.image.slot)];
  if (act.kind !== 'submission.return') return [];
  return [...act.images.map(({ slot }) => materialOf(slot)), ...act.materials.map(({ material }) => material)];
}

function viewedIn({ act, viewed }: Pick<Decision, 'act' | 'viewed'>): number | null {
  if (viewed === undefined) return null;
  const judged = judgedIn(act);
  if (judged.length === 0) return null;
  const seen = new Map(viewed.map(({ slot, sha256, ms }) => [`${slot} ${sha256}`, ms]));
  return Math.min(...judged.map(({ slot, sha256 }) => seen.get(`${slot} ${sha256}`) ?? 0));
}

/** What the audit finds a decision by. */
export function factsOf(decision: Pick<Decision, 'act' | 'viewed'>): DecisionFacts {
  const { act } = decision;
  const said = saidIn(act);
  return {
    kind: act.kind,
    slot: 'slot' in act ? act.slot : act.kind === 'submission.note' ? (act.image?.slot ?? null) : null,
    reasons: unique(said.flatMap(({ reasons }) => reasons)),
    materials: unique(materialsIn(act)),
    words: unique(said.map(({ comment }) => comment.trim()).filter((text) => text !== '')).join('\n'),
    viewedMs: viewedIn(decision),
  };
}
