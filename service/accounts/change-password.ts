import { isStrong } from '../../shared/password.ts';
import { Failure } from '../failure.ts';
import { type Parts, transactOf } from '../parts.ts';
import { deleteOtherSessions, findAccount, type Person, setPassword } from '../store/accounts.ts';
import { record } from '../store/audit.ts';
import { clearAttempts, countAttempt } from '../store/sign-in-failures.ts';
import { hashPassword, passwordFits } from './password.ts';
import { digest } from './token.ts';

/**
 * Changes an own password; all other sessions of the account end. Guesses at the present one count as failed sign-ins.
 * Fails with `password.weak`, `password.current`, `request.too_many`.
 */
export async function changePassword(
  parts: Parts,
  person: Person,
  { current, next }: { readonly current: string; readonly next: string },
  { token, now }: { readonly token: string; readonly now: string },
): Promise<void> {
  if (!isStrong(next) || next.normalize('NFC') === current.normalize('NFC')) throw new Failure('password.weak');
  const transact = transactOf(parts);
  const key = digest(`staff\n${person.account}`);
  const found = await transact(async (db) =>
    (await countAttempt(db, key, now)) ? findAccount(db, person.account) : 'locked',
  );
  if (found === 'locked') throw new Failure('request.too_many');
  if (!(await passwordFits(current, found?.hash ?? null))) {
    const event = { at: now, accountId: person.id, kind: 'password.refused', subject: null, facts: {} } as const;
    await transact((db) => record(db, event));
    throw new Failure('password.current');
  }
  const hash = await hashPassword(next);
  await transact(async (db) => {
    await clearAttempts(db, key);
    await setPassword(db, person.id, hash);
    await deleteOtherSessions(db, person.id, digest(token));
    await record(db, { at: now, accountId: person.id, kind: 'password.changed', subject: null, facts: {} });
  });
}
