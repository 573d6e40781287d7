import type { AccountId } from '../../shared/ids.ts';
import type { Store } from './tables.ts';

/** Lets an account have its data keys opened until then. */
export async function allowRecovery(db: Store, accountId: AccountId, until: string): Promise<void> {
  await db
    .insertInto('recovery_permits')
    .values({ account_id: accountId, allowed_until: until })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ allowed_until: until }))
    .execute();
}

/** Whether an account may have its data keys opened now. */
export async function mayRecover(db: Store, accountId: AccountId, now: string): Promise<boolean> {
  const row = await db
    .selectFrom('recovery_permits')
    .select('allowed_until')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined && row.allowed_until > now;
}
