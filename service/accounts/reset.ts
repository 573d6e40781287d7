import { randomInt } from 'node:crypto';
import { deleteOtherSessions, findAccount, type Person, setPassword } from '../store/accounts.ts';
import { record } from '../store/audit.ts';
import { allowRecovery } from '../store/recovery.ts';
import { clearAttempts } from '../store/sign-in-failures.ts';
import type { Store } from '../store/tables.ts';
import { hashPassword } from './password.ts';
import { digest } from './token.ts';

/** How long the administrator's word lasts that data may be recovered: a week, so that no holiday lets it lapse. */
export const RECOVERY_DAYS = 7;

/** There is no such account of staff. */
export class UnknownAccountError extends Error {
  override readonly name = 'UnknownAccountError';
  constructor() {
    super('there is no reviewer or supervisor with this account name');
  }
}

/** Signs that are not mistaken for each other when read aloud or copied by hand. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';
const pick = (from: string): string => from[randomInt(from.length)] ?? '';

/** A random password, 80 bits: four groups, with a capital, digits and dashes, so that it counts as strong. */
function newPassword(): string {
  const group = () => Array.from({ length: 4 }, () => pick(LETTERS + DIGITS)).join('');
  return `${pick(LETTERS).toUpperCase()}${pick(DIGITS)}${group()}-${group()}-${group()}-${group()}`;
}

async function staffMember(db: Store, account: string): Promise<Person> {
  const found = await findAccount(db, account);
  if (!found || found.person.role === 'candidate') throw new UnknownAccountError();
  return found.person;
}

async function permit(db: Store, { id }: Person, now: string): Promise<string> {
  const until = new Date(Date.parse(now) + RECOVERY_DAYS * 86_400_000).toISOString();
  await allowRecovery(db, id, until);
  const facts = { account: id, until };
  await record(db, { at: now, accountId: null, kind: 'recovery.allowed', subject: null, facts });
  return until;
}

/**
 * The administrator lets a reviewer's data keys be opened by the recovery key, for a week. Gives until when.
 * @throws UnknownAccountError
 */
export async function permitRecovery(db: Store, account: string, now: string): Promise<string> {
  return db.transaction().execute(async (trx) => permit(trx, await staffMember(trx, account), now));
}

/**
 * The administrator resets a password: all sessions end, and the data on the workstations may be recovered for a week.
 * Gives the new password, to be handed over and changed.
 * @throws UnknownAccountError
 */
export async function resetPassword(
  db: Store,
  account: string,
  now: string,
): Promise<{ password: string; until: string }> {
  const password = newPassword();
  const hash = await hashPassword(password);
  return db.transaction().execute(async (trx) => {
    const person = await staffMember(trx, account);
    const { id } = person;
    await setPassword(trx, id, hash);
    await deleteOtherSessions(trx, id, null);
    await clearAttempts(trx, digest(`staff\n${account}`));
    await record(trx, { at: now, accountId: null, kind: 'password.reset', subject: null, facts: { account: id } });
    return { password, until: await permit(trx, person, now) };
  });
}
