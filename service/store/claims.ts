import { type ClaimState, type Moment, UNCLAIMED } from '../../shared/claim.ts';
import { AccountId, SubmissionId } from '../../shared/ids.ts';
import { rowOfPlaces, statement } from './statement.ts';
import type { Store, Tables } from './tables.ts';
import { type Change, together } from './together.ts';

/** A row of `claims` with its holder's account. */
export type ClaimRow = {
  readonly token: number;
  readonly since: string;
  readonly until: string;
  readonly id: string | null;
  readonly name: string | null;
};

/** A claim as it is stored. */
export function claimOf({ token, since, until, id, name }: ClaimRow): ClaimState {
  return { token, holder: id === null || name === null ? null : { id: AccountId.parse(id), name }, since, until };
}

/** The claim on a submission with its end, also when it is over. */
export async function readClaim(db: Store, id: SubmissionId): Promise<ClaimState> {
  const row = await db
    .selectFrom('claims')
    .leftJoin('accounts', 'accounts.id', 'claims.holder')
    .select(['claims.token', 'claims.since', 'claims.until', 'accounts.id', 'accounts.name'])
    .where('claims.submission_id', '=', id)
    .executeTakeFirst();
  return row ? claimOf(row) : UNCLAIMED;
}

const COLUMNS = ['submission_id', 'token', 'holder', 'since', 'until', 'shown'] as const;
const keepRow = statement<Tables['claims'], unknown>((db, value) =>
  db
    .insertInto('claims')
    .values(rowOfPlaces(COLUMNS, value))
    .onConflict((conflict) =>
      conflict.column('submission_id').doUpdateSet(({ ref }) => ({
        token: ref('excluded.token'),
        holder: ref('excluded.holder'),
        since: ref('excluded.since'),
        until: ref('excluded.until'),
        shown: ref('excluded.shown'),
      })),
    )
    .compile(),
);

/** The claim on a submission, to be kept; `shown`: the submission's document names its holder. */
export function claimKept(id: SubmissionId, state: ClaimState, shown: boolean): Change[] {
  const { token, holder, since, until } = state;
  if (token === 0) return [];
  const row = { submission_id: id, token, holder: holder?.id ?? null, since, until, shown: shown ? 1 : 0 };
  return [{ statement: keepRow(row) }];
}

/** Keeps the claim on a submission; `shown`: the submission's document names its holder. */
export function writeClaim(db: Store, id: SubmissionId, state: ClaimState, shown: boolean): Promise<void> {
  return together(db, claimKept(id, state, shown));
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
