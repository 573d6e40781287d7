import { z } from 'zod';
import { type HistoryEvent, Outcome } from '../../shared/audit/wire.ts';
import { Decision, Receipt } from '../../shared/decision.ts';
import { AccountId, Sha256, Slot, type SubmissionId } from '../../shared/ids.ts';
import { ProblemCode } from '../../shared/problem.ts';
import { Status } from '../../shared/submission.ts';
import type { Store } from './tables.ts';

/** Every decision on a submission, taken or not, with its answer. */
async function decisionEvents(db: Store, submissionId: SubmissionId): Promise<HistoryEvent[]> {
  const rows = await db
    .selectFrom('decisions')
    .innerJoin('accounts', 'accounts.id', 'decisions.account_id')
    .leftJoin('decision_facts', 'decision_facts.decision_id', 'decisions.id')
    .selectAll('decisions')
    .select(['accounts.name', 'decision_facts.found_status', 'decision_facts.found_round', 'decision_facts.reopened'])
    .where('decisions.submission_id', '=', submissionId)
    .orderBy('decision_facts.key')
    .execute();
  return rows.map((row) => ({
    what: 'decision',
    at: row.received_at,
    decision: Decision.parse(JSON.parse(row.canonical)),
    sha256: Sha256.parse(row.sha256),
    by: { id: AccountId.parse(row.account_id), name: row.name, level: row.level },
    outcome: Outcome.parse(row.outcome),
    problem: row.problem === null ? null : ProblemCode.parse(row.problem),
    slots: z.array(Slot).parse(JSON.parse(row.slots)),
    receipt: row.receipt === null ? null : Receipt.parse(JSON.parse(row.receipt)),
    found:
      row.found_status === null || row.found_round === null
        ? null
        : { status: Status.parse(row.found_status), round: row.found_round },
    reopened: row.reopened === 1,
  }));
}

const Facts = z.object({
  round: z.int().positive().optional(),
  holder: z.string().nullable().optional(),
  reason: z.string().optional(),
});

/** What the log tells besides the decisions: the candidate's submissions, the end of a term, a supervisor's hand. */
async function otherEvents(db: Store, submissionId: SubmissionId): Promise<HistoryEvent[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'kind', 'facts'])
    .where('subject', '=', submissionId)
    .where('kind', 'in', ['submission.submitted', 'submission.lapsed', 'claim.moved'])
    .orderBy('n')
    .execute();
  const holders = new Map(
    (await db.selectFrom('accounts').select(['id', 'name']).where('role', '=', 'reviewer').execute()).map(
      ({ id, name }) => [id, name],
    ),
  );
  return rows.map(({ at, kind, facts }): HistoryEvent => {
    const { round = 1, holder = null, reason = '' } = Facts.parse(JSON.parse(facts));
    if (kind === 'submission.submitted') return { what: 'submitted', at, round };
    if (kind === 'submission.lapsed') return { what: 'lapsed', at };
    return { what: 'moved', at, to: holder === null ? null : (holders.get(holder) ?? holder), reason };
  });
}

/** Everything that happened to a submission, oldest first. The caller has checked that it is in scope. */
export async function historyOf(db: Store, submissionId: SubmissionId): Promise<HistoryEvent[]> {
  const events = [...(await otherEvents(db, submissionId)), ...(await decisionEvents(db, submissionId))];
  return events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
