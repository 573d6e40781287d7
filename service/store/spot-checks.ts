import { sql } from 'kysely';
import { Decision } from '../../shared/decision.ts';
import { AccountId } from '../../shared/ids.ts';
import { DrawPlan, SpotVerdict } from '../../shared/spot-check/wire.ts';
import type { Level } from '../../shared/status.ts';
import type { Submission } from '../../shared/submission.ts';
import { inScope, type Scope } from './scope.ts';
import { readSubmission } from './submissions.ts';
import type { Store, Tables } from './tables.ts';

/** A conclusion that was applied, with whose it is and the submission as it stands now. */
export type Conclusion = {
  readonly decision: Decision;
  readonly by: { readonly id: AccountId; readonly name: string };
  readonly level: Level;
  readonly at: string;
  readonly submission: Submission;
};

const COLUMNS = [
  'decisions.canonical',
  'decisions.level',
  'decisions.received_at',
  'accounts.id as account_id',
  'accounts.name',
  'submissions.document',
] as const;
type Row = {
  canonical: string;
  level: Level;
  received_at: string;
  account_id: string;
  name: string;
  document: string;
};

const conclusionOf = (row: Row): Conclusion => ({
  decision: Decision.parse(JSON.parse(row.canonical)),
  by: { id: AccountId.parse(row.account_id), name: row.name },
  level: row.level,
  at: row.received_at,
  submission: readSubmission(row.document),
});

/** Conclusions (通过, 退回, 拒绝) in a scope and time: what a sample can be drawn from. */
export async function conclusionsIn(
  db: Store,
  scope: Scope,
  { from, to, level }: Pick<DrawPlan, 'from' | 'to' | 'level'>,
): Promise<Conclusion[]> {
  const rows = await db
    .selectFrom('decisions')
    .innerJoin('accounts', 'accounts.id', 'decisions.account_id')
    .innerJoin('submissions', 'submissions.id', 'decisions.submission_id')
    .select(COLUMNS)
    .where('decisions.outcome', '=', 'applied')
    .where(
      sql<boolean>`json_extract(canonical, '$.act.kind') IN ('submission.approve', 'submission.return', 'submission.refuse')`,
    )
    .where((eb) => inScope(eb, scope))
    .$if(from !== null, (query) => query.where('decisions.received_at', '>=', from ?? ''))
    .$if(to !== null, (query) => query.where('decisions.received_at', '<', to ?? ''))
    .$if(level !== null, (query) => query.where('decisions.level', '=', level ?? 'site'))
    .execute();
  return rows.map(conclusionOf);
}

/** Keeps a drawn check with its sample. */
export async function insertCheck(
  db: Store,
  check: Tables['spot_checks'],
  decisions: readonly string[],
): Promise<void> {
  await db.insertInto('spot_checks').values(check).execute();
  for (const [place, decision] of decisions.entries()) {
    const row = { check_id: check.id, n: place + 1, decision_id: decision };
    await db.insertInto('spot_items').values(row).execute();
  }
}

/** A check as stored, with the name of who drew it. */
export type StoredCheck = Tables['spot_checks'] & { readonly name: string };

/** The checks of a district, or of one place in it, newest first. */
export async function checksOf(
  db: Store,
  { district, site, point }: { readonly district: string; readonly site: string | null; readonly point: string | null },
): Promise<StoredCheck[]> {
  return db
    .selectFrom('spot_checks')
    .innerJoin('accounts', 'accounts.id', 'spot_checks.drawn_by')
    .selectAll('spot_checks')
    .select('accounts.name')
    .where('spot_checks.district', '=', district)
    .$if(site !== null, (query) => query.where('spot_checks.site', '=', site))
    .$if(point !== null, (query) => query.where('spot_checks.point', '=', point))
    .orderBy('drawn_at', 'desc')
    .orderBy('spot_checks.id')
    .execute();
}

/** A judgement as stored. */
export type StoredJudgement = {
  readonly place: 2 | 3;
  readonly by: { readonly id: AccountId; readonly name: string };
  readonly at: string;
  readonly said: SpotVerdict;
};

/** A drawn conclusion with what was said of it. */
export type StoredItem = Conclusion & { readonly n: number; readonly judgements: readonly StoredJudgement[] };

/** The sample of a check, in order; of one item with its number. */
export async function itemsOf(db: Store, id: string, n: number | null = null): Promise<StoredItem[]> {
  const rows = await db
    .selectFrom('spot_items')
    .innerJoin('decisions', 'decisions.id', 'spot_items.decision_id')
    .innerJoin('accounts', 'accounts.id', 'decisions.account_id')
    .innerJoin('submissions', 'submissions.id', 'decisions.submission_id')
    .select(COLUMNS)
    .select('spot_items.n')
    .where('spot_items.check_id', '=', id)
    .$if(n !== null, (query) => query.where('spot_items.n', '=', n ?? 0))
    .orderBy('spot_items.n')
    .execute();
  const said = await db
    .selectFrom('spot_judgements')
    .innerJoin('accounts', 'accounts.id', 'spot_judgements.account_id')
    .selectAll('spot_judgements')
    .select('accounts.name')
    .where('check_id', '=', id)
    .orderBy('place')
    .execute();
  return rows.map((row) => ({
    ...conclusionOf(row),
    n: row.n,
    judgements: said
      .filter((judgement) => judgement.n === row.n)
      .map(({ place, account_id, name, at, body }) => ({
        place,
        by: { id: AccountId.parse(account_id), name },
        at,
        said: SpotVerdict.parse(JSON.parse(body)),
      })),
  }));
}

/** Adds a judgement, for good. */
export async function insertJudgement(db: Store, judgement: Tables['spot_judgements']): Promise<void> {
  await db.insertInto('spot_judgements').values(judgement).execute();
}

/** The plan that a check was drawn by. */
export function planOf({ plan }: Tables['spot_checks']): DrawPlan {
  return DrawPlan.parse(JSON.parse(plan));
}
