import {
  type Claim,
  type ClaimState,
  type Holder,
  type Moment,
  moveClaim,
  releaseClaim,
  shownClaim,
  takeClaim,
} from '../shared/claim.ts';
import type { SubmissionId } from '../shared/ids.ts';
import { levelAt } from '../shared/status.ts';
import type { Submission } from '../shared/submission.ts';
import type { ClaimAnswers, ReleaseBatch, Takeover } from '../shared/wire.ts';
import { scopeOf } from './access.ts';
import { Failure } from './failure.ts';
import { type Person, reviewersAt } from './store/accounts.ts';
import { type AuditEvent, type AuditKind, record } from './store/audit.ts';
import { claimsOver, readClaim, renewAll, writeClaim } from './store/claims.ts';
import { decidedAtOtherLevel } from './store/decisions.ts';
import { takeSeq } from './store/feed.ts';
import { policyOf } from './store/policies.ts';
import { findSubmission, type Kept, loadKept, replaceSubmission } from './store/submissions.ts';
import type { Store } from './store/tables.ts';

/** The instant of a request, and how long claims of a district last. */
export async function momentOf(db: Store, district: string, now: string): Promise<Moment> {
  return { now, hours: (await policyOf(db, district)).claimHours };
}

const same = (a: Claim | null, b: Claim | null): boolean =>
  a?.token === b?.token && a?.holder.id === b?.holder.id && a?.since === b?.since;

/** Keeps a claim, and shows it in the submission: a change that is seen moves the feed. Gives the submission. */
async function keepClaim(db: Store, kept: Kept, state: ClaimState, now: string): Promise<Submission> {
  const { submission } = kept;
  const claim = shownClaim(state, now);
  await writeClaim(db, submission.id, state, claim !== null);
  if (same(claim, submission.claim)) return submission;
  const next = { ...submission, claim, seq: await takeSeq(db) };
  await replaceSubmission(db, submission, { ...kept, submission: next });
  return next;
}

/** What the log is to tell of who has a claim from now on; null where that is as before. */
export function holderEvent(
  id: SubmissionId,
  { before, after }: { before: ClaimState; after: ClaimState },
  by: { kind: Extract<AuditKind, 'claim.taken' | 'claim.moved'>; person: Person; now: string; reason?: string },
): AuditEvent | null {
  const { kind, person, now, reason } = by;
  if (before.token === after.token && before.until > now) return null;
  return {
    at: now,
    accountId: person.id,
    kind,
    subject: id,
    facts: { token: after.token, holder: after.holder?.id ?? null, ...(reason === undefined ? {} : { reason }) },
  };
}

/** Records in the log who has a claim from now on, where that changed. */
async function recordHolder(db: Store, ...change: Parameters<typeof holderEvent>): Promise<void> {
  const event = holderEvent(...change);
  if (event) await record(db, event);
}

async function claimOne(db: Store, person: Person, id: SubmissionId, now: string): Promise<ClaimAnswers['claims'][0]> {
  const seen = await findSubmission(db, scopeOf(person), id);
  const kept = seen && (await loadKept(db, id));
  const { level } = person;
  const policy = await policyOf(db, person.district);
  if (!kept || level === null || levelAt(kept.submission.status, policy) !== level) return { id, outcome: 'closed' };
  if (await decidedAtOtherLevel(db, id, person.id, level)) return { id, outcome: 'closed' };
  const moment = await momentOf(db, person.district, now);
  const before = await readClaim(db, id);
  const { granted, state } = takeClaim(before, { id: person.id, name: person.name }, moment);
  const claim = shownClaim(state, now);
  if (!claim) throw new Error('a claim that was asked for is somebody’s');
  if (!granted) return { id, outcome: 'held', claim };
  await recordHolder(db, id, { before, after: state }, { kind: 'claim.taken', person, now });
  const { seq } = await keepClaim(db, kept, state, now);
  return { id, outcome: 'yours', claim, seq };
}

/** Claims submissions for a reviewer: each is theirs, another's, or not to be had. */
export async function claim(
  db: Store,
  person: Person,
  ids: readonly SubmissionId[],
  now: string,
): Promise<ClaimAnswers> {
  const claims: ClaimAnswers['claims'] = [];
  for (const id of ids) claims.push(await claimOne(db, person, id, now));
  return { claims };
}

/** Gives claims back, as far as they are the reviewer's under the tokens named. */
export async function release(db: Store, person: Person, { claims }: ReleaseBatch, now: string): Promise<void> {
  for (const { id, token } of claims) {
    const before = await readClaim(db, id);
    const after = releaseClaim(before, person, token, now);
    const kept = after === before ? null : await loadKept(db, id);
    if (!kept) continue;
    await record(db, { at: now, accountId: person.id, kind: 'claim.released', subject: id, facts: { token } });
    await keepClaim(db, kept, after, now);
  }
}

/** Shows that claims whose time is over are nobody's; run before the feed is read, and from time to time. */
export async function endClaimsOver(db: Store, now: string): Promise<void> {
  for (const id of await claimsOver(db, now)) {
    const kept = await loadKept(db, id);
    const state = await readClaim(db, id);
    if (kept) await keepClaim(db, kept, state, now);
    await record(db, { at: now, accountId: null, kind: 'claim.expired', subject: id, facts: { token: state.token } });
  }
}

/** The workstation of a reviewer was heard of. */
export async function renewFor(db: Store, person: Person, now: string): Promise<void> {
  if (person.role === 'reviewer') await renewAll(db, person.id, await momentOf(db, person.district, now));
}

/** Who could review a submission now: reviewers of its level and place who had no part in it at the other level. */
export async function reviewersFor(db: Store, submission: Submission): Promise<Holder[]> {
  const level = levelAt(submission.status, await policyOf(db, submission.district));
  if (level === null) return [];
  const able: Holder[] = [];
  for (const { id, name } of await reviewersAt(db, level, submission)) {
    if (!(await decidedAtOtherLevel(db, submission.id, id, level))) able.push({ id, name });
  }
  return able;
}

/**
 * A supervisor gives a submission to a reviewer, or to nobody. The caller has checked that it is in the supervisor's
 * scope. Fails with `claim.closed` when it isn't under review, `claim.reviewer` when that one can't review it.
 */
export async function takeOver(
  db: Store,
  supervisor: Person,
  id: SubmissionId,
  { to, reason }: Takeover,
  now: string,
): Promise<Claim | null> {
  const kept = await loadKept(db, id);
  if (!kept) throw new Failure('request.not_found');
  const policy = await policyOf(db, supervisor.district);
  if (levelAt(kept.submission.status, policy) === null) throw new Failure('claim.closed');
  const holder = (await reviewersFor(db, kept.submission)).find((able) => able.id === to) ?? null;
  if (to !== null && holder === null) throw new Failure('claim.reviewer');
  const before = await readClaim(db, id);
  const after = moveClaim(before, holder, await momentOf(db, supervisor.district, now));
  if (after === before) return kept.submission.claim;
  await recordHolder(db, id, { before, after }, { kind: 'claim.moved', person: supervisor, now, reason });
  return (await keepClaim(db, kept, after, now)).claim;
}
