import { apply } from '../shared/apply.ts';
import {
  decisionForm,
  placeAfter,
  type SignedDecision,
  type SignedStub,
  stubForm,
  unchainedForm,
} from '../shared/chain.ts';
import { admit, endClaim, shownClaim } from '../shared/claim.ts';
import { type Act, concludes, type Decision, judges, type Receipt } from '../shared/decision.ts';
import { withPart } from '../shared/duties.ts';
import { compose, messageText } from '../shared/message.ts';
import type { Policy } from '../shared/policy.ts';
import type { ProblemCode } from '../shared/problem.ts';
import { type Level, levelAt } from '../shared/status.ts';
import type { Submission } from '../shared/submission.ts';
import { askedBy } from './candidate/asked.ts';
import { isOverdue, lapseIfDue } from './candidate/lapse.ts';
import { holderEvent } from './claims.ts';
import { sha256Of } from './images/blobs.ts';
import { isSignedBy } from './signature.ts';
import type { Person } from './store/accounts.ts';
import { entryAfter, type LogEnd, record, recordAfter } from './store/audit.ts';
import { claimKept } from './store/claims.ts';
import { factsNoted } from './store/decision-facts.ts';
import { decisionKept, type Ruling } from './store/decisions.ts';
import { findDevice, findLink, headOf, linkKept } from './store/devices.ts';
import { placeTaken } from './store/feed.ts';
import { type Standing, standingOf } from './store/standing.ts';
import { type Kept, replacement } from './store/submissions.ts';
import type { Store } from './store/tables.ts';
import { type Change, together } from './store/together.ts';

/** Problems that mean: the submission has moved on, a person has to look. All others mean: never, as it is. */
const CONFLICTS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'decision.stale_revision',
  'decision.stale_image',
  'decision.status',
  'decision.not_approvable',
]);

type Judge = {
  readonly person: Person;
  readonly level: Level;
  readonly sha256: ReturnType<typeof sha256Of>;
  readonly now: string;
};

/** What the rules say to a decision, with what that changes; `logEnd`: where the log ends by then. */
type Ruled = { readonly ruling: Ruling; readonly changes: readonly Change[]; readonly logEnd: LogEnd };

const refused = (problem: ProblemCode): Ruling => ({ outcome: 'refused', problem });

/** The submission with the message of a return or refusal on top of its opinions. */
function withOpinion(submission: Submission, act: Act, policy: Policy, at: string): Submission {
  const message = compose(act, policy);
  if (!message) return submission;
  const kind = act.kind === 'submission.refuse' ? 'refuse' : 'return';
  return { ...submission, opinions: [{ kind, at, text: messageText(message) }, ...submission.opinions] };
}

/** How things stand for a decision on a submission that there is. */
type Found = Standing & { readonly kept: Kept; readonly policy: Policy };

function isInReach({ level, point, site, district }: Person, submission: Submission): boolean {
  if (submission.district !== district) return false;
  if (level === 'district') return true;
  return submission.site === site && (level === 'site' || submission.point === point);
}

/**
 * Applies a decision to a submission that the reviewer may decide on. Whose the submission is comes first (promise 7):
 * while another one has it, nothing else matters. Where nobody has it, it is the reviewer's from then on, until a
 * decision concludes the review.
 */
async function rule(db: Store, decision: Decision, found: Found, judge: Judge): Promise<Ruled> {
  const { act } = decision;
  if (!judges(act)) return appendNote(decision, found, judge);
  const { person, level, now } = judge;
  const { kept, policy, claim: before, place, logEnd } = found;
  const without = (ruling: Ruling): Ruled => ({ ruling, changes: [], logEnd });
  const who = { id: person.id, name: person.name };
  const admitted = admit(before, who, decision.claim ?? null, { now, hours: policy.claimHours });
  if (!admitted.ok) {
    return without({ outcome: 'conflict', problem: admitted.problem, slots: [], claim: admitted.claim });
  }
  const applied = apply(kept.submission, decision, { level, at: now, policy });
  if (!applied.ok) {
    return without(
      CONFLICTS.has(applied.problem)
        ? { outcome: 'conflict', problem: applied.problem, slots: applied.slots }
        : refused(applied.problem),
    );
  }
  const taken = holderEvent(
    decision.submissionId,
    { before, after: admitted.state },
    { kind: 'claim.taken', person, now },
  );
  const state = concludes(act) ? endClaim(admitted.state, now) : admitted.state;
  const claim = shownClaim(state, now);
  const parts = withPart(kept.submission.parts, person.id, level);
  const submission = { ...withOpinion(applied.submission, act, policy, now), claim, parts, seq: place.seq };
  const replaced = replacement(kept.submission, {
    submission,
    asked: act.kind === 'submission.return' ? askedBy(act, submission, policy) : null,
    reachedDistrict: kept.reachedDistrict || levelAt(submission.status, policy) === 'district',
  });
  return {
    ruling: { outcome: 'applied', receipt: receiptOf(decision, place, judge) },
    changes: [...claimKept(decision.submissionId, state, claim !== null), placeTaken, ...replaced],
    // An entry of its own, before the decision's.
    logEnd: taken ? await recordAfter(db, logEnd, taken) : logEnd,
  };
}

/** What judges nothing needs no claim and takes none, and whatever has happened meanwhile is not in its way. */
function appendNote(decision: Decision, found: Found, judge: Judge): Ruled {
  const { person, level, now } = judge;
  const { kept, policy, place, logEnd } = found;
  const by = { id: person.id, name: person.name };
  const applied = apply(kept.submission, decision, { level, at: now, policy, by });
  if (!applied.ok) return { ruling: refused(applied.problem), changes: [], logEnd };
  const submission = { ...applied.submission, seq: place.seq };
  return {
    ruling: { outcome: 'applied', receipt: receiptOf(decision, place, judge) },
    changes: [placeTaken, ...replacement(kept.submission, { ...kept, submission })],
    logEnd,
  };
}

function receiptOf(decision: Decision, place: { epoch: string; seq: number }, judge: Judge): Receipt {
  const { person, sha256, now } = judge;
  return { decisionId: decision.id, decisionSha256: sha256, accountId: person.id, ...place, appliedAt: now };
}

/** Judges a decision by the rules. What is out of reach leaves no decision behind, only its refusal. */
async function judge(
  db: Store,
  person: Person,
  decision: Decision,
  standing: Standing,
  { canonical, sha256, now }: { canonical: string; sha256: ReturnType<typeof sha256Of>; now: string },
): Promise<Ruled> {
  const { kept, policy, logEnd } = standing;
  const never = (problem: ProblemCode): Ruled => ({ ruling: refused(problem), changes: [], logEnd });
  const { level } = person;
  if (level === null) return never('account.not_allowed');
  if (!kept || !policy) return never('request.not_found');
  if (!isInReach(person, kept.submission)) return never('account.not_allowed');
  if (standing.elsewhere) return never('duty.other_level');
  const ruled = await rule(db, decision, { ...standing, kept, policy }, { person, level, sha256, now });
  const stored = { decision, accountId: person.id, level, canonical, sha256, ruling: ruled.ruling, receivedAt: now };
  const facts = await factsNoted(db, stored, kept.submission, standing.lastKey);
  return { ...ruled, changes: [...ruled.changes, decisionKept(stored), ...facts] };
}

/** The answer to a decision that was given before decisions were chained, made out for its present form. */
function restated(ruling: Ruling, decisionSha256: ReturnType<typeof sha256Of>): Ruling {
  return ruling.outcome === 'applied' ? { ...ruling, receipt: { ...ruling.receipt, decisionSha256 } } : ruling;
}

/** A decision with what needs no database: its form and hash, and whether a key has signed it. */
export type Prepared = SignedDecision & {
  readonly canonical: string;
  readonly sha256: ReturnType<typeof sha256Of>;
  readonly checked: { readonly publicKey: string; readonly isSigned: boolean } | null;
};

/** Prepares a decision before its transaction, for which others wait. `publicKey`: probably its device's. */
export function prepared({ decision, signature }: SignedDecision, publicKey: string | null): Prepared {
  const canonical = decisionForm(decision);
  const checked = publicKey === null ? null : { publicKey, isSigned: isSignedBy(publicKey, canonical, signature) };
  return { decision, signature, canonical, sha256: sha256Of(canonical), checked };
}

/**
 * Answers one decision, once, in the caller's transaction (promises 2, 3, 8, 9, 11): device, signature, then whether
 * it is known (the same answer again, whatever its place), then its place in the device's chain, then the rules.
 * Whatever the rules say, a decision that follows its chain takes its place in it.
 */
export async function decide(
  db: Store,
  person: Person,
  { decision, signature, canonical, sha256, checked }: Prepared,
  now: string,
): Promise<Ruling> {
  const { device: id, deviceSeq: seq } = decision;
  const question = {
    device: id,
    decision: decision.id,
    submission: decision.submissionId,
    account: person.id,
    level: person.level ?? '',
    now,
  };
  const found = await standingOf(db, question);
  const answered = async (ruling: Ruling, { changes = [], logEnd = found.logEnd }: Partial<Ruled> = {}) => {
    const code = ruling.outcome === 'applied' ? null : ruling.problem;
    const entry = await entryAfter(db, logEnd, {
      at: now,
      accountId: person.id,
      kind: 'decision.answered',
      subject: decision.submissionId,
      facts: { decision: decision.id, sha256, act: decision.act.kind, outcome: ruling.outcome, code },
    });
    await together(db, [...changes, ...entry.changes]);
    return ruling;
  };
  const { device, head, earlier } = found;
  if (!head || device?.accountId !== person.id) return answered(refused('device.unknown'));
  const { publicKey } = device;
  const isSigned = checked?.publicKey === publicKey ? checked.isSigned : isSignedBy(publicKey, canonical, signature);
  if (!isSigned) return answered(refused('decision.signature'));
  if (earlier?.sha256 === sha256) return earlier.ruling;
  // Beyond its end a chain has no links.
  const link = seq <= head.seq ? await findLink(db, id, seq) : null;
  if (link?.sha256 === sha256 && !link.withdrawn) {
    if (link.problem !== null) return refused(link.problem);
    if (earlier) return restated(earlier.ruling, sha256);
  }
  if (placeAfter(head, decision) !== 'next') return answered(refused('decision.chain'));
  const place = (ruling: Ruling): Change => {
    const problem = ruling.outcome === 'refused' ? ruling.problem : null;
    return linkKept({ device: id, seq, sha256, withdrawn: false, signature, problem }, now);
  };
  if (earlier) {
    const isSame = earlier.accountId === person.id && earlier.canonical === unchainedForm(decision);
    const ruling = isSame ? restated(earlier.ruling, sha256) : refused('decision.id_reused');
    return answered(ruling, { changes: [place(ruling)] });
  }
  const isLate = found.kept !== null && isOverdue(found.kept.submission, now);
  if (isLate) await lapseIfDue(db, decision.submissionId, now);
  const standing = isLate ? await standingOf(db, question) : found;
  const ruled = await judge(db, person, decision, standing, { canonical, sha256, now });
  return answered(ruled.ruling, { ...ruled, changes: [...ruled.changes, place(ruled.ruling)] });
}

/**
 * Gives a withdrawn decision its place in the chain. One that doesn't fit is left out: the decisions after it then
 * don't follow, and are answered so.
 */
export async function skip(db: Store, person: Person, stub: SignedStub, now: string): Promise<void> {
  const { device: id, deviceSeq: seq, sha256, signature } = stub;
  const device = await findDevice(db, id);
  if (device?.accountId !== person.id || !isSignedBy(device.publicKey, stubForm(stub), signature)) return;
  if (placeAfter(await headOf(db, device), stub) !== 'next') return;
  await together(db, [linkKept({ device: id, seq, sha256, withdrawn: true, signature, problem: null }, now)]);
  await record(db, {
    at: now,
    accountId: person.id,
    kind: 'decision.withdrawn',
    subject: null,
    facts: { device: id, seq, sha256 },
  });
}
