import { sql } from 'kysely';
import { AccountId } from '../../shared/ids.ts';
import { AGE_ENDS, Overview } from '../../shared/overview.ts';
import { inScope, type Scope } from './scope.ts';
import type { Store } from './tables.ts';

const ROUND = sql<number | string>`json_extract(submissions.document, '$.round')`;
const SUBMITTED = sql<string>`json_extract(submissions.document, '$.submittedAt')`;

/** ms. */
const DAY = 86_400_000;

/** States in which somebody of the staff is to act. */
const OPEN = ['pending', 'point_approved', 'site_approved'] as const;

/** Which part of a group of days an age falls in, as the names of `AGE_GROUPS`. */
function ageGroup(now: string) {
  const cases = AGE_ENDS.map((end) => {
    const before = new Date(Date.parse(now) - end * DAY).toISOString();
    return sql`WHEN ${SUBMITTED} > ${before} THEN ${String(end)}`;
  });
  return sql<string>`CASE ${sql.join(cases, sql` `)} ELSE 'older' END`;
}

/** The place whose tallies somebody may see. */
function placeOf(scope: Scope): { district?: string; site?: string; point?: string } {
  switch (scope.kind) {
    case 'point':
      return { point: scope.point };
    case 'site':
      return { site: scope.site };
    case 'district':
      return { district: scope.district };
    case 'own':
      throw new Error('candidates have no overview');
  }
}

/** Counts for the overview of a place; by index and tally alone, so that it doesn't grow with the decisions. */
export async function overviewOf(db: Store, scope: Scope, now: string): Promise<Overview> {
  const submissions = () => db.selectFrom('submissions').where((eb) => inScope(eb, scope));
  const { district, site, point } = placeOf(scope);
  const conclusions = db
    .selectFrom('conclusion_tally')
    .$if(district !== undefined, (query) => query.where('conclusion_tally.district', '=', district ?? ''))
    .$if(site !== undefined, (query) => query.where('conclusion_tally.site', '=', site ?? ''))
    .$if(point !== undefined, (query) => query.where('conclusion_tally.point', '=', point ?? ''));
  const n = sql<number>`sum(n)`.as('n');

  const statuses = await submissions()
    .select(['site', 'status', sql<number>`count(*)`.as('n')])
    .groupBy(['site', 'status'])
    .orderBy('site')
    .orderBy('status')
    .execute();
  const claimed = await submissions()
    .innerJoin('claims', 'claims.submission_id', 'submissions.id')
    .where('claims.holder', 'is not', null)
    .where('claims.until', '>', now)
    .select(['site', 'status', sql<number>`count(*)`.as('n')])
    .groupBy(['site', 'status'])
    .execute();
  const ages = await submissions()
    .where('status', 'in', [...OPEN])
    .select(['status', ageGroup(now).as('group'), sql<number>`count(*)`.as('n')])
    .groupBy(['status', 'group'])
    .execute();
  const rounds = await submissions()
    .where('status', '=', 'approved')
    .select([ROUND.as('round'), sql<number>`count(*)`.as('n')])
    .groupBy(ROUND)
    .execute();
  const days = await conclusions
    .select(['day', 'level', n])
    .groupBy(['day', 'level'])
    .orderBy('day')
    .orderBy('level')
    .execute();
  const reviewers = await conclusions
    .innerJoin('accounts', 'accounts.id', 'conclusion_tally.account_id')
    .select(['accounts.id', 'accounts.name', 'conclusion_tally.level', 'kind', n])
    .groupBy(['accounts.id', 'conclusion_tally.level', 'kind'])
    .orderBy('accounts.id')
    .orderBy('conclusion_tally.level')
    .orderBy('kind')
    .execute();
  const reasons = await db
    .selectFrom('reason_tally')
    .$if(district !== undefined, (query) => query.where('district', '=', district ?? ''))
    .$if(site !== undefined, (query) => query.where('site', '=', site ?? ''))
    .$if(point !== undefined, (query) => query.where('point', '=', point ?? ''))
    .select(['reason', n])
    .groupBy('reason')
    .orderBy(sql`sum(n)`, 'desc')
    .orderBy('reason')
    .execute();

  const held = (place: string, status: string) =>
    claimed.find((one) => one.site === place && one.status === status)?.n ?? 0;
  return Overview.parse({
    at: now,
    statuses: statuses.map((one) => ({ ...one, claimed: held(one.site, one.status) })),
    ages,
    rounds: rounds
      .map(({ round, n: passed }) => ({ round: Number(round), n: passed }))
      .sort((a, b) => a.round - b.round),
    days,
    reviewers: reviewers.map(({ id, name, ...rest }) => ({ by: { id: AccountId.parse(id), name }, ...rest })),
    reasons,
    returns: reviewers.filter(({ kind }) => kind === 'submission.return').reduce((total, one) => total + one.n, 0),
  });
}
