import { AccountId, SubmissionId } from '../../shared/ids.ts';
import type { Level } from '../../shared/status.ts';
import type { Submission } from '../../shared/submission.ts';
import type { Role } from '../access.ts';
import { firstOf, statement } from './statement.ts';
import type { Store, Tables } from './tables.ts';

/** A person with an account, as the rules need them. */
export type Person = {
  readonly id: AccountId;
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly level: Level | null;
  readonly point: string | null;
  readonly site: string | null;
  readonly district: string;
  readonly submissionId: SubmissionId | null;
};

const PERSON = [
  'accounts.id',
  'accounts.account',
  'accounts.name',
  'accounts.role',
  'accounts.level',
  'accounts.point',
  'accounts.site',
  'accounts.district',
  'accounts.submission_id',
] as const;

type PersonRow = Omit<Tables['accounts'], 'password_hash'>;

function person({ submission_id, ...row }: PersonRow): Person {
  return {
    ...row,
    id: AccountId.parse(row.id),
    submissionId: submission_id === null ? null : SubmissionId.parse(submission_id),
  };
}

/** The account with a name, and the hash of its password. */
export async function findAccount(db: Store, account: string): Promise<{ person: Person; hash: string } | null> {
  const row = await db
    .selectFrom('accounts')
    .select([...PERSON, 'accounts.password_hash'])
    .where('account', '=', account)
    .executeTakeFirst();
  if (!row) return null;
  const { password_hash: hash, ...rest } = row;
  return { person: person(rest), hash };
}

/** The reviewers of a level who are responsible for a submission's 报名点, 考点 or 考区. */
export async function reviewersAt(
  db: Store,
  level: Level,
  { point, site, district }: Pick<Submission, 'point' | 'site' | 'district'>,
): Promise<Person[]> {
  const rows = await db
    .selectFrom('accounts')
    .select(PERSON)
    .where('role', '=', 'reviewer')
    .where('level', '=', level)
    .where('district', '=', district)
    .$if(level === 'site', (query) => query.where('site', '=', site))
    .$if(level === 'point', (query) => query.where('point', '=', point))
    .orderBy('account')
    .execute();
  return rows.map(person);
}

/** Adds an account; `hash` is of its password. */
export async function insertAccount(db: Store, added: Person, hash: string): Promise<void> {
  const { submissionId, ...row } = added;
  await db
    .insertInto('accounts')
    .values({ ...row, submission_id: submissionId, password_hash: hash })
    .execute();
}

/** Opens a session: only the token's hash is kept, and sessions that are over go. */
export async function insertSession(
  db: Store,
  session: { tokenSha256: string; accountId: AccountId; createdAt: string; expiresAt: string },
): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', session.createdAt).execute();
  await db
    .insertInto('sessions')
    .values({
      token_sha256: session.tokenSha256,
      account_id: session.accountId,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute();
}

const personAt = statement<{ tokenSha256: string; now: string }, PersonRow>((db, value) =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(PERSON)
    .where('sessions.token_sha256', '=', value('tokenSha256'))
    .where('sessions.expires_at', '>', value('now'))
    .compile(),
);

/** Who a session belongs to, while it lasts. */
export async function personOfSession(db: Store, tokenSha256: string, now: string): Promise<Person | null> {
  const row = await firstOf(db, personAt({ tokenSha256, now }));
  return row ? person(row) : null;
}

/** Gives an account another password; `hash` is of it. */
export async function setPassword(db: Store, id: AccountId, hash: string): Promise<void> {
  await db.updateTable('accounts').set({ password_hash: hash }).where('id', '=', id).execute();
}

/** Ends all sessions of an account but one; with null all. */
export async function deleteOtherSessions(db: Store, id: AccountId, but: string | null): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('account_id', '=', id)
    .where('token_sha256', '!=', but ?? '')
    .execute();
}

/** Ends a session. */
export async function deleteSession(db: Store, tokenSha256: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_sha256', '=', tokenSha256).execute();
}
