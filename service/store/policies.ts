import { Policy } from '../../shared/policy.ts';
import type { Store } from './tables.ts';

/** The policy of a district. Throws when the district is not configured: accounts and submissions imply that it is. */
export async function policyOf(db: Store, district: string): Promise<Policy> {
  const row = await db
    .selectFrom('policies')
    .select('document')
    .where('district', '=', district)
    .executeTakeFirstOrThrow();
  return Policy.parse(JSON.parse(row.document));
}

/** Sets the policy of its district. */
export async function savePolicy(db: Store, policy: Policy): Promise<void> {
  const document = JSON.stringify(policy);
  await db
    .insertInto('policies')
    .values({ district: policy.district, document })
    .onConflict((conflict) => conflict.column('district').doUpdateSet({ document }))
    .execute();
}
