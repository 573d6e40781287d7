import type { Account, Session } from '../../shared/wire.ts';
import type { Person } from '../store/accounts.ts';
import { policyOf } from '../store/policies.ts';
import type { Store } from '../store/tables.ts';
import type { Opened } from './sign-in.ts';

/** An account as it goes over the wire. */
export async function accountView(db: Store, person: Person): Promise<Account> {
  const { submissionId: _, ...rest } = person;
  const policy = await policyOf(db, person.district);
  const site = policy.sites.find((known) => known.site === person.site);
  return { ...rest, siteName: site?.name ?? null };
}

/** A session as it goes over the wire. */
export async function sessionView(db: Store, opened: Opened, now: string): Promise<Session> {
  const account = await accountView(db, opened.person);
  return { token: opened.token, account, expiresAt: opened.expiresAt, serverTime: now };
}
