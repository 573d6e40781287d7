import { Failure } from '../failure.ts';
import { type Parts, transactOf } from '../parts.ts';
import { findAccount, insertSession, type Person } from '../store/accounts.ts';
import { record } from '../store/audit.ts';
import { clearAttempts, countAttempt } from '../store/sign-in-failures.ts';
import { passwordFits } from './password.ts';
import { digest, newToken } from './token.ts';

/** How long a session lasts. */
export const SESSION_HOURS = 12;

/** Which door was used: the workstation's or the candidates'. */
export type Door = 'staff' | 'candidate';

export type Opened = { readonly token: string; readonly person: Person; readonly expiresAt: string };

/**
 * Opens a session for a name and password. Fails with `session.credentials`, `session.role` (a candidate at the
 * staff's door) or `request.too_many` (locked after five failures). The password is checked outside of any
 * transaction, because that takes long on purpose.
 */
export async function signIn(
  parts: Parts,
  door: Door,
  { account, password }: { account: string; password: string },
): Promise<Opened> {
  const transact = transactOf(parts);
  const now = parts.clock().toISOString();
  const key = digest(`${door}\n${account}`);
  const found = await transact(async (db) => {
    if (!(await countAttempt(db, key, now))) return 'locked';
    const known = await findAccount(db, account);
    // Candidates and staff are different doors: the name of one is unknown at the candidates'.
    return known && door === 'candidate' && known.person.role !== 'candidate' ? null : known;
  });
  if (found === 'locked') throw new Failure('request.too_many');
  const fits = await passwordFits(password, found?.hash ?? null);
  if (!found || !fits) {
    await transact((db) =>
      record(db, {
        at: now,
        accountId: found?.person.id ?? null,
        kind: 'session.refused',
        subject: null,
        facts: { door },
      }),
    );
    throw new Failure('session.credentials');
  }
  const { person } = found;
  if (door === 'staff' && person.role === 'candidate') throw new Failure('session.role');
  const token = newToken();
  const expiresAt = new Date(Date.parse(now) + SESSION_HOURS * 3_600_000).toISOString();
  await transact(async (db) => {
    await clearAttempts(db, key);
    await insertSession(db, { tokenSha256: digest(token), accountId: person.id, createdAt: now, expiresAt });
    await record(db, { at: now, accountId: person.id, kind: 'session.opened', subject: null, facts: { door } });
  });
  return { token, person, expiresAt };
}
