import type { Store } from './tables.ts';

/** Attempts that fail before the account is locked, and for how long (domain §9: 5 failures, 15 minutes). */
export const FAILURES_ALLOWED = 5;
export const LOCK_MINUTES = 15;

const minutes = (now: string, by: number): string => new Date(Date.parse(now) + by * 60_000).toISOString();

/**
 * Counts an attempt before its password is looked at, so that guesses sent all at once don't slip through; `false`
 * when the name is locked. Kept by the hash of the name whether or not there is such an account: an answer must not
 * tell which names exist, and a password typed into the wrong field must not be stored.
 */
export async function countAttempt(db: Store, nameSha256: string, now: string): Promise<boolean> {
  await db.deleteFrom('sign_in_failures').where('last_at', '<=', minutes(now, -LOCK_MINUTES)).execute();
  const row = await db
    .selectFrom('sign_in_failures')
    .selectAll()
    .where('name_sha256', '=', nameSha256)
    .executeTakeFirst();
  if (row?.locked_until && row.locked_until > now) return false;
  const failures = (row?.failures ?? 0) + 1;
  const next = {
    failures,
    last_at: now,
    locked_until: failures >= FAILURES_ALLOWED ? minutes(now, LOCK_MINUTES) : null,
  };
  await db
    .insertInto('sign_in_failures')
    .values({ name_sha256: nameSha256, ...next })
    .onConflict((conflict) => conflict.column('name_sha256').doUpdateSet(next))
    .execute();
  return true;
}

/** Forgets the attempts after a sign-in that succeeded. */
export async function clearAttempts(db: Store, nameSha256: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('name_sha256', '=', nameSha256).execute();
}
