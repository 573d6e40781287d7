import { z } from 'zod';
import { Claim } from '../../shared/claim.ts';
import { Decision, Receipt } from '../../shared/decision.ts';
import { AccountId, Slot, type SubmissionId } from '../../shared/ids.ts';
import { ProblemCode } from '../../shared/problem.ts';
import type { Level } from '../../shared/status.ts';
import type { DecisionRecord } from '../../shared/wire.ts';
import { rowOfPlaces, statement } from './statement.ts';
import type { Store, Tables } from './tables.ts';
import type { Change } from './together.ts';

/** How a decision was answered; the words of a problem are made anew in the language of each request. */
export type Ruling =
  | { readonly outcome: 'applied'; readonly receipt: Receipt }
  | {
      readonly outcome: 'conflict';
      readonly problem: ProblemCode;
      readonly slots: readonly Slot[];
      /** Who has the submission, where that is the problem. */
      readonly claim?: Claim | null;
    }
  | { readonly outcome: 'refused'; readonly problem: ProblemCode };

/** A decision that has its answer. */
export type Ruled = {
  readonly decision: Decision;
  readonly accountId: AccountId;
  readonly level: Level;
  readonly canonical: string;
  readonly sha256: string;
  readonly ruling: Ruling;
  readonly receivedAt: string;
};

const COLUMNS = [
  ...(['id', 'submission_id', 'account_id', 'level', 'canonical', 'sha256', 'outcome', 'problem', 'slots'] as const),
  ...(['receipt', 'received_at', 'claim'] as const),
];
const keep = statement<Tables['decisions'], unknown>((db, value) =>
  db.insertInto('decisions').values(rowOfPlaces(COLUMNS, value)).compile(),
);

/** A decision with its answer, to be kept for good. */
export function decisionKept(ruled: Ruled): Change {
  const { decision, ruling } = ruled;
  const row = {
    id: decision.id,
    submission_id: decision.submissionId,
    account_id: ruled.accountId,
    level: ruled.level,
    canonical: ruled.canonical,
    sha256: ruled.sha256,
    outcome: ruling.outcome,
    problem: ruling.outcome === 'applied' ? null : ruling.problem,
    slots: JSON.stringify(ruling.outcome === 'conflict' ? ruling.slots : []),
    receipt: ruling.outcome === 'applied' ? JSON.stringify(ruling.receipt) : null,
    received_at: ruled.receivedAt,
    claim: ruling.outcome === 'conflict' && ruling.claim ? JSON.stringify(ruling.claim) : null,
  };
  return { statement: keep(row) };
}

/** A decision that is known already: its answer, with the form, hash and account it was given for. */
export type Earlier = {
  readonly canonical: string;
  readonly sha256: string;
  readonly accountId: string;
  readonly ruling: Ruling;
};

/** The answer that a decision id has had already, with the form, hash and account it was given for. */
export async function findRuling(db: Store, id: string): Promise<Earlier | null> {
  const row = await db.selectFrom('decisions').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? earlierOf(row) : null;
}

/** What is stored of a decision's answer. */
export type EarlierRow = Pick<
  Tables['decisions'],
  'canonical' | 'sha256' | 'account_id' | 'outcome' | 'problem' | 'slots' | 'receipt' | 'claim'
>;

/** A decision's answer as it is stored. */
export function earlierOf(row: EarlierRow): Earlier {
  const { canonical, sha256, account_id: accountId } = row;
  return { canonical, sha256, accountId, ruling: rulingOf(row) };
}

/** Whether a problem says whose the submission is. */
function isOfClaim(problem: ProblemCode): boolean {
  return problem === 'claim.held' || problem === 'claim.lost';
}

function rulingOf(row: EarlierRow): Ruling {
  if (row.receipt !== null) return { outcome: 'applied', receipt: Receipt.parse(JSON.parse(row.receipt)) };
  const problem = ProblemCode.parse(row.problem);
  return row.outcome === 'conflict'
    ? {
        outcome: 'conflict',
        problem,
        slots: z.array(Slot).parse(JSON.parse(row.slots)),
        ...(isOfClaim(problem) ? { claim: row.claim === null ? null : Claim.parse(JSON.parse(row.claim)) } : {}),
      }
    : { outcome: 'refused', problem };
}

/** Whether an account has decided on a submission at another level than this one. */
export async function decidedAtOtherLevel(
  db: Store,
  submissionId: SubmissionId,
  accountId: AccountId,
  level: Level,
): Promise<boolean> {
  const row = await db
    .selectFrom('decisions')
    .select('id')
    .where('submission_id', '=', submissionId)
    .where('account_id', '=', accountId)
    .where('level', '!=', level)
    .where('outcome', '=', 'applied')
    .executeTakeFirst();
  return row !== undefined;
}

/** What was applied to a submission, in order. The caller has checked that it is in scope. */
export async function decisionsOn(db: Store, submissionId: SubmissionId): Promise<DecisionRecord[]> {
  const rows = await db
    .selectFrom('decisions')
    .innerJoin('accounts', 'accounts.id', 'decisions.account_id')
    .select(['decisions.canonical', 'decisions.receipt', 'decisions.level', 'accounts.id', 'accounts.name'])
    .where('decisions.submission_id', '=', submissionId)
    .where('decisions.outcome', '=', 'applied')
    .execute();
  return rows
    .map(({ canonical, receipt, level, id, name }) => ({
      decision: Decision.parse(JSON.parse(canonical)),
      by: { id: AccountId.parse(id), name, level },
      receipt: Receipt.parse(JSON.parse(receipt ?? 'null')),
    }))
    .sort((a, b) => a.receipt.seq - b.receipt.seq);
}
