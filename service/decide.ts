import { apply } from '../shared/apply.ts';
import { canonicalJson } from '../shared/canonical.ts';
import type { Act, Decision } from '../shared/decision.ts';
import { compose, messageText } from '../shared/message.ts';
import type { Policy } from '../shared/policy.ts';
import type { ProblemCode } from '../shared/problem.ts';
import type { Level } from '../shared/status.ts';
import type { Submission } from '../shared/submission.ts';
import { askedBy } from './candidate/asked.ts';
import { lapseIfDue } from './candidate/lapse.ts';
import { sha256Of } from './images/blobs.ts';
import type { Person } from './store/accounts.ts';
import { record } from './store/audit.ts';
import { decidedAtOtherLevel, findRuling, keepDecision, type Ruling } from './store/decisions.ts';
import { feedHead, takeSeq } from './store/feed.ts';
import { policyOf } from './store/policies.ts';
import { type Kept, loadKept, replaceSubmission } from './store/submissions.ts';
import type { Store } from './store/tables.ts';

/** Problems that mean: the submission has moved on, a person has to look. All others mean: never, as it is. */
const CONFLICTS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'decision.stale_revision',
  'decision.stale_image',
  'decision.status',
  'decision.not_approvable',
]);

const refused = (problem: ProblemCode): Ruling => ({ outcome: 'refused', problem });

/** The submission with the message of a return or refusal on top of its opinions. */
function withOpinion(submission: Submission, act: Act, policy: Policy, at: string): Submission {
  const message = compose(act, policy);
  if (!message) return submission;
  const kind = act.kind === 'submission.refuse' ? 'refuse' : 'return';
  return { ...submission, opinions: [{ kind, at, text: messageText(message) }, ...submission.opinions] };
}

function isInReach({ level, site, district }: Person, submission: Submission): boolean {
  return level === 'district' ? submission.district === district : submission.site === site;
}

/** Applies a decision to a submission that the reviewer may decide on, and stores the outcome. */
async function rule(
  db: Store,
  decision: Decision,
  kept: Kept,
  judge: { person: Person; level: Level; sha256: ReturnType<typeof sha256Of>; now: string },
): Promise<Ruling> {
  const { act } = decision;
  const { person, level, sha256, now } = judge;
  const policy = await policyOf(db, kept.submission.district);
  const applied = apply(kept.submission, decision, { level, at: now, policy });
  if (!applied.ok) {
    return CONFLICTS.has(applied.problem)
      ? { outcome: 'conflict', problem: applied.problem, slots: applied.slots }
      : refused(applied.problem);
  }
  const seq = await takeSeq(db);
  const submission = { ...withOpinion(applied.submission, act, policy, now), seq };
  await replaceSubmission(db, kept.submission, {
    submission,
    asked: act.kind === 'submission.return' ? askedBy(act, submission, policy) : null,
    reachedDistrict: kept.reachedDistrict || submission.status === 'site_approved',
  });
  const { epoch } = await feedHead(db);
  return {
    outcome: 'applied',
    receipt: { decisionId: decision.id, decisionSha256: sha256, accountId: person.id, epoch, seq, appliedAt: now },
  };
}

/**
 * Answers one decision, once, in the caller's transaction (promises 2, 3, 8, 9, 11). The same decision sent again has
 * the same answer; another one under its id is refused. Only what was judged by the rules is kept: a decision on a
 * submission out of reach leaves a line in the audit log alone.
 */
export async function decide(db: Store, person: Person, decision: Decision, now: string): Promise<Ruling> {
  const canonical = canonicalJson(decision);
  const sha256 = sha256Of(canonical);
  const answered = async (ruling: Ruling): Promise<Ruling> => {
    const code = ruling.outcome === 'applied' ? null : ruling.problem;
    await record(db, {
      at: now,
      accountId: person.id,
      kind: 'decision.answered',
      subject: decision.submissionId,
      facts: { decision: decision.id, sha256, act: decision.act.kind, outcome: ruling.outcome, code },
    });
    return ruling;
  };
  const earlier = await findRuling(db, decision.id);
  if (earlier) {
    if (earlier.sha256 !== sha256) return answered(refused('decision.id_reused'));
    return earlier.accountId === person.id ? earlier.ruling : answered(refused('account.not_allowed'));
  }
  const { level } = person;
  if (level === null) return answered(refused('account.not_allowed'));
  await lapseIfDue(db, decision.submissionId, now);
  const kept = await loadKept(db, decision.submissionId);
  if (!kept) return answered(refused('request.not_found'));
  if (!isInReach(person, kept.submission)) return answered(refused('account.not_allowed'));
  if (await decidedAtOtherLevel(db, decision.submissionId, person.id, level)) {
    return answered(refused('account.not_allowed'));
  }
  const ruling = await rule(db, decision, kept, { person, level, sha256, now });
  await keepDecision(db, { decision, accountId: person.id, level, canonical, sha256, ruling, receivedAt: now });
  return answered(ruling);
}
