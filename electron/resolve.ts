import { canonicalJson } from '../shared/canonical.ts';
import type { Decision } from '../shared/decision.ts';
import type { DecisionId } from '../shared/ids.ts';
import type { ConflictSubject, Input } from '../shared/ipc.ts';
import { judgedIn, remains } from '../shared/resolve.ts';
import { type DecideOptions, saveDecision, viewOf } from './decide.ts';
import { Failure } from './failure.ts';
import type { Reader, Writer } from './store/database.ts';
import { type Posted, readDecision, setState, tracked } from './store/outbox.ts';
import { absentOf, readFacts } from './store/pictures.ts';
import { noteResolved, PARKED, type ParkedState } from './store/resolutions.ts';
import { readSubmission, refreshSubmission } from './store/submissions.ts';
import { forgetUndone } from './store/undone.ts';
import { readSubject } from './subject.ts';

/** What became of a parked decision. */
export type Resolution = { readonly parked: Decision; readonly decision: Decision | null };

function parkedState({ state }: Posted): ParkedState | null {
  return PARKED.find((parked) => parked === state) ?? null;
}

function readParked(db: Reader, id: DecisionId): Posted & { readonly state: ParkedState } {
  const posted = readDecision(db, id);
  const state = posted && parkedState(posted);
  if (!posted || !state) throw new Failure('request.not_found');
  return { ...posted, state };
}

/**
 * What 维持 has to be: the very judgement on what is there now. Anything else was not what the person was shown.
 * @throws Failure `decision.stale_revision`, `decision.stale_image`
 */
function checkKept(
  db: Writer,
  { decision, problem }: Posted,
  ask: Extract<Input<'resolve'>, { choice: 'kept' | 'changed' }>,
  view: ReturnType<typeof viewOf>,
): void {
  const submission = readSubmission(db, decision.submissionId)?.effective ?? null;
  if (!submission || view.level === null) throw new Failure('account.not_allowed');
  if (submission.revision !== ask.revision) throw new Failure('decision.stale_revision');
  const parked = { decision, problem: problem?.code ?? null };
  const { keep } = remains(parked, submission, { level: view.level, policy: view.policy, me: view.me });
  if (!keep.ok || canonicalJson(keep.act) !== canonicalJson(ask.act)) throw new Failure('decision.stale_image');
}

/**
 * Does what a person chose about a decision that was not taken, in one transaction: the new decision with its place in
 * the outbox (for 维持 and 修改), the parked one out of sight, and the entry in the log that ties the two together.
 * @throws Failure `request.not_found` when there is no such parked decision, and all that `decide` throws
 */
export function resolve(options: DecideOptions, ask: Input<'resolve'>): Resolution {
  return options.store.transact((db) => {
    forgetUndone(db);
    return resolveIn(db, options, ask);
  });
}

/** The same within the caller's transaction. */
export function resolveIn(db: Writer, options: DecideOptions, ask: Input<'resolve'>): Resolution {
  const { holds, now } = options;
  const view = viewOf(options);
  const parked = readParked(db, ask.id);
  const { submissionId } = parked.decision;
  if (ask.choice === 'kept') checkKept(db, parked, ask, view);
  const decision =
    ask.choice === 'dropped'
      ? null
      : saveDecision(db, options, { submissionId, revision: ask.revision, act: ask.act, viewed: ask.viewed });
  const made = now();
  const at = made.toISOString();
  setState(db, ask.id, 'dismissed', at);
  noteResolved(
    db,
    { decisionId: ask.id, choice: ask.choice, resolvedBy: decision?.id ?? null, state: parked.state },
    at,
    new Date(made.getTime() + holds.image).toISOString(),
  );
  refreshSubmission(db, submissionId, view);
  return { parked: parked.decision, decision };
}

/**
 * All that is shown of a decision that was not taken.
 * @throws Failure `request.not_found` when there is no such decision, or it is parked no more
 */
export function readConflict(db: Reader, id: DecisionId): ConflictSubject {
  const parked = readParked(db, id);
  const { act, submissionId } = parked.decision;
  const judged = [...new Set(judgedIn(act).map(({ sha256 }) => sha256))];
  return {
    parked: tracked(parked),
    subject: readSubmission(db, submissionId) ? readSubject(db, submissionId) : null,
    facts: readFacts(db, judged),
    absent: absentOf(db, judged),
  };
}
