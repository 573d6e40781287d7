import { depositContext, type RecoveryAsk, returnContext, type Sealed } from '../../shared/keys.ts';
import { seal } from '../../shared/sealed.ts';
import { digest } from '../accounts/token.ts';
import { Failure } from '../failure.ts';
import { type Parts, transactOf } from '../parts.ts';
import type { Person } from '../store/accounts.ts';
import { record } from '../store/audit.ts';
import { mayRecover } from '../store/recovery.ts';
import { clearAttempts, countAttempt } from '../store/sign-in-failures.ts';

/**
 * Opens the sealed data key of an account's own profile and seals it to the workstation's ephemeral key. Every attempt
 * is in the log. Fails with `recovery.key` when no key here opens it, `recovery.not_allowed` without the
 * administrator's word, `request.too_many` after five failures.
 */
export async function openDataKey(
  parts: Parts,
  person: Person,
  { profile, sealed, to }: RecoveryAsk,
  now: string,
): Promise<Sealed> {
  const transact = transactOf(parts);
  const name = digest(`recovery\n${person.id}`);
  const refuse = async (code: 'recovery.key' | 'recovery.not_allowed'): Promise<never> => {
    const facts = { profile, why: code };
    const event = { at: now, accountId: person.id, kind: 'recovery.refused', subject: null, facts } as const;
    await transact((db) => record(db, event));
    throw new Failure(code);
  };
  if (!parts.recovery.has(sealed.to)) return refuse('recovery.key');
  const permit = await transact(async (db) => {
    if (!(await mayRecover(db, person.id, now))) return 'none';
    return (await countAttempt(db, name, now)) ? 'given' : 'locked';
  });
  if (permit === 'none') return refuse('recovery.not_allowed');
  if (permit === 'locked') throw new Failure('request.too_many');
  const owner = { profile, account: person.id };
  const key = await parts.recovery.open(sealed, Buffer.from(depositContext(owner))).catch(() => null);
  if (!key) return refuse('recovery.key');
  const returned = await seal(to, key, Buffer.from(returnContext(owner)));
  key.fill(0);
  await transact(async (db) => {
    await clearAttempts(db, name);
    const facts = { profile };
    await record(db, { at: now, accountId: person.id, kind: 'recovery.opened', subject: null, facts });
  });
  return returned;
}
