import { type ClaimState, type Moment, UNCLAIMED } from '../../shared/claim.ts';
import { AccountId, SubmissionId } from '../../shared/ids.ts';
import type { Store } from './tables.ts';

/** The claim on a submission with its end, also when it is over. */
export async function readClaim(db: Store, id: SubmissionId): Promise<ClaimState> {
  const row = await db
    .selectFrom('claims')
    .leftJoin('accounts', 'accounts.id', 'claims.holder')
    .select(['claims.token', 'claims.since', 'claims.until', 'accounts.id', 'accounts.name'])
    .where('claims.submission_id', '=', id)
    .executeTakeFirst();
  if (!row) return UNCLAIMED;
  const { token, since, until } = row;
  const holder = row.id === null || row.name === null ? null : { id: AccountId.parse(row.id), name: row.name };
  return { token, holder, since, until };
}

/** Keeps the claim on a submission; `shown`: the submission's document names its holder. */
export async function writeClaim(db: Store, id: SubmissionId, state: ClaimState, shown: boolean): Promise<void> {
  const { token, holder, since, until } = state;
  if (token === 0) return;
  const row = { token, holder: holder?.id ?? null, since, until, shown: shown ? 1 : 0 };
  await db
    .insertInto('claims')
    .values({ submission_id: id, ...row })
    .onConflict((conflict) => conflict.column('submission_id').doUpdateSet(row))
    .execute();
}

/** Claims that are over and whose holder is still shown. */
export async function claimsOver(db: Store, now: string): Promise<SubmissionId[]> {
  const rows = await db
    .selectFrom('claims')
    .select('submission_id')
    .where('shown', '=', 1)
    .where('until', '<=', now)
    .execute();
  return rows.map(({ submission_id: id }) => SubmissionId.parse(id));
}

/** Lasting a little less than it could is not worth a write at every question for news. */
const WORTH_MS = 10 * 60_000;

/** How long what is worth renewing lasts at most, and until when it lasts then. */
export function renewal({ now, hours }: Moment): { readonly before: string; readonly until: string } {
  const end = Date.parse(now) + hours * 3_600_000;
  return { before: new Date(end - WORTH_MS).toISOString(), until: new Date(end).toISOString() };
}

/** Everything that somebody holds lasts from now on again: their workstation was heard of. */
export async function renewAll(db: Store, holder: AccountId, moment: Moment): Promise<void> {
  const { before, until } = renewal(moment);
  await db
    .updateTable('claims')
    .set({ until })
    .where('holder', '=', holder)
    .where('shown', '=', 1)
    .where('until', '>', moment.now)
    .where('until', '<', before)
    .execute();
}
