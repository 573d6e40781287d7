import type { Decision } from '../shared/decision.ts';
import type { SubmissionId } from '../shared/ids.ts';
import { stepAside } from './aside.ts';
import { type DecideOptions, saveDecision } from './decide.ts';
import { Failure } from './failure.ts';
import { resolveIn } from './resolve.ts';
import type { Writer } from './store/database.ts';
import { readDecision } from './store/outbox.ts';
import { popUndone, type TakenBack } from './store/undone.ts';

/** What a redo did again: the decision that was made anew, the parked one that was dropped again, or a setting aside. */
export type Redone = {
  readonly decision: Decision | null;
  readonly dropped: Decision | null;
  /** The submission that is set aside again, or taken up again. */
  readonly aside?: SubmissionId;
};

function again(db: Writer, options: DecideOptions, { decision: id, parked, aside }: TakenBack): Redone {
  if (aside) {
    stepAside(db, options, aside);
    return { decision: null, dropped: null, aside: aside.submissionId };
  }
  const withdrawn = id && readDecision(db, id)?.decision;
  if (parked?.choice === 'dropped') {
    return { decision: null, dropped: resolveIn(db, options, { id: parked.id, choice: 'dropped' }).parked };
  }
  if (!withdrawn) throw new Failure('decision.nothing_to_redo');
  const { submissionId, revision, act, viewed } = withdrawn;
  if (!parked) return { decision: saveDecision(db, options, { submissionId, revision, act, viewed }), dropped: null };
  const { decision } = resolveIn(db, options, { id: parked.id, choice: parked.choice, revision, act, viewed });
  return { decision, dropped: null };
}

/**
 * Does again what was undone last. A decision is made anew, with an id and a place of its own: the withdrawn one stays
 * withdrawn in the chain. The same rules hold as when it was made first, so nothing is judged that is no longer there.
 * @throws Failure `decision.nothing_to_redo`, and all that deciding and resolving throw
 */
export function redo(options: DecideOptions): Redone {
  return options.store.transact((db) => {
    const taken = popUndone(db);
    if (!taken) throw new Failure('decision.nothing_to_redo');
    return again(db, options, taken);
  });
}
