import { apply } from '../shared/apply.ts';
import { decisionForm } from '../shared/chain.ts';
import type { Act, Decision } from '../shared/decision.ts';
import { concludes, judges } from '../shared/decision.ts';
import { actedElsewhere } from '../shared/duties.ts';
import type { DecisionId, SubmissionId } from '../shared/ids.ts';
import type { Policy } from '../shared/policy.ts';
import type { Viewed } from '../shared/viewing.ts';
import type { Account } from '../shared/wire.ts';
import { Failure } from './failure.ts';
import { signText } from './signature.ts';
import { logEntry } from './store/audit.ts';
import type { Store, Writer } from './store/database.ts';
import { insertDecision } from './store/decisions.ts';
import { takePlace } from './store/device.ts';
import { newestUnanswered, post, readDecision, setState } from './store/outbox.ts';
import { newestDrop, reopenParked, resolutionBy, type Undoable } from './store/resolutions.ts';
import { newestAside, removeAside } from './store/set-aside.ts';
import { readSubmission, refreshSubmission, type View } from './store/submissions.ts';
import { forgetUndone, pushUndone } from './store/undone.ts';

/** How long decisions wait before they are sent, ms; until then they can be undone. */
export type Holds = { readonly image: number; readonly submission: number };
/** Time to look back at a picture; a conclusion has been thought over. */
export const HOLDS: Holds = { image: 20_000, submission: 10_000 };

export type DecideOptions = {
  readonly store: Store;
  readonly account: Account;
  readonly policy: Policy;
  readonly holds: Holds;
  readonly now: () => Date;
  readonly newId: () => DecisionId;
};

/** What the reviewer decided on what was on screen. */
export type Ask = {
  readonly submissionId: SubmissionId;
  readonly revision: number;
  readonly act: Act;
  /** How the pictures that it judges were on screen. */
  readonly viewed?: readonly Viewed[] | undefined;
};

/** The rules under which an account sees submissions; supervisors decide nothing, so they have no level here. */
export function viewOf({ account, policy }: { account: Account; policy: Policy }): View {
  return { me: account.id, level: account.role === 'reviewer' ? account.level : null, policy };
}

/**
 * Saves a decision: itself, its place in the outbox, its entry in the log and the submission as it looks with it, in one
 * transaction. When this returns it is on the disk, signed, and naming the hash of the decision before: every saved
 * decision has its number for good, withdrawn ones too.
 * It names the claim under which it is made, as far as one is known here; while another one has the submission, nothing
 * is decided.
 * @throws Failure with the rule's problem when it isn't allowed (nothing is saved), `claim.held`, `store.write`
 */
export function decide(options: DecideOptions, ask: Ask): Decision {
  return options.store.transact((db) => {
    forgetUndone(db);
    return saveDecision(db, options, ask);
  });
}

/** The same within the caller's transaction. */
export function saveDecision(
  db: Writer,
  options: DecideOptions,
  { submissionId, revision, act, viewed }: Ask,
): Decision {
  const { policy, holds, now, newId } = options;
  const view = viewOf(options);
  const { level } = view;
  if (level === null) throw new Failure('duty.supervisor');
  const stored = readSubmission(db, submissionId);
  if (!stored) throw new Failure('request.not_found');
  const { claim } = stored.base;
  const isMine = claim === null || claim.holder.id === view.me;
  if (!isMine && judges(act)) throw new Failure('claim.held');
  if (judges(act) && actedElsewhere(stored.base.parts, view.me, level)) throw new Failure('duty.other_level');
  const made = now();
  const { device, seq, previous } = takePlace(db);
  const decision: Decision = {
    id: newId(),
    submissionId,
    revision,
    device: device.uuid,
    deviceSeq: seq,
    previous,
    claim: isMine ? (claim?.token ?? null) : null,
    ...(viewed ? { viewed: [...viewed] } : {}),
    madeAt: made.toISOString(),
    act,
  };
  const applied = apply(stored.effective, decision, { level, policy, at: decision.madeAt });
  if (!applied.ok) throw new Failure(applied.problem, applied.slots.join(' ') || undefined);
  insertDecision(db, decision, signText(device, decisionForm(decision)));
  const hold = concludes(act) ? holds.submission : holds.image;
  post(db, seq, new Date(made.getTime() + hold).toISOString());
  logEntry(db, decision.madeAt, 'decided', decision);
  refreshSubmission(db, submissionId, view);
  return decision;
}

/** What an undo took back: an unsent decision, what was done about a parked one, both in one, or a setting aside. */
export type Undone = {
  readonly withdrawn: Decision | null;
  /** A decision that was not taken, parked again. */
  readonly reopened?: Decision;
  /** The submission that isn't set aside any more, or is again. */
  readonly aside?: SubmissionId;
};

function reopen(db: Writer, options: DecideOptions, resolution: Undoable, at: string): Decision {
  reopenParked(db, resolution, at);
  const parked = readDecision(db, resolution.decisionId);
  if (!parked) throw new Error('a resolution without its decision');
  refreshSubmission(db, parked.decision.submissionId, viewOf(options));
  return parked.decision;
}

/**
 * Takes back what was done last, of one submission or of all: withdraws the newest decision that was not sent, and parks
 * again what it was made for; or takes a 放弃 or a setting aside back that came after it.
 * @throws Failure `decision.nothing_to_undo`, `decision.sent` when it is on its way or may have arrived
 */
export function undo(options: DecideOptions, submissionId: SubmissionId | null): Undone {
  const { store, now } = options;
  return store.transact((db) => {
    const at = now().toISOString();
    const newest = newestUnanswered(db, submissionId);
    const last = newest?.decision.deviceSeq ?? 0;
    const drop = newestDrop(db, submissionId, now());
    const aside = newestAside(db, submissionId);
    if (aside && aside.afterSeq >= last && !(drop && drop.afterSeq >= last && drop.at > aside.at)) {
      const { n, ...step } = aside;
      removeAside(db, n);
      pushUndone(db, { decision: null, parked: null, aside: { submissionId: step.submissionId, aside: step.aside } });
      refreshSubmission(db, step.submissionId, viewOf(options));
      return { withdrawn: null, aside: step.submissionId };
    }
    if (drop && drop.afterSeq >= last) {
      pushUndone(db, { decision: null, parked: { id: drop.decisionId, choice: 'dropped' } });
      return { withdrawn: null, reopened: reopen(db, options, drop, at) };
    }
    if (!newest) throw new Failure('decision.nothing_to_undo');
    if (!newest.undoable) throw new Failure('decision.sent');
    const { decision } = newest;
    setState(db, decision.id, 'withdrawn', at);
    logEntry(db, at, 'withdrawn', { decisionId: decision.id });
    const resolution = resolutionBy(db, decision.id);
    const parked = resolution && { id: resolution.decisionId, choice: resolution.choice };
    pushUndone(db, { decision: decision.id, parked });
    const reopened = resolution && reopen(db, options, resolution, at);
    refreshSubmission(db, decision.submissionId, viewOf(options));
    return reopened ? { withdrawn: decision, reopened } : { withdrawn: decision };
  });
}
