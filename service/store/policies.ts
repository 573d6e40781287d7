import { Policy } from '../../shared/policy.ts';
import { freezeAll } from './freeze.ts';
import type { Store } from './tables.ts';

const read = new Map<string, Policy>();

/** Reads a stored policy back; each text once. Nobody changes what others have too. */
export function readPolicy(document: string): Policy {
  const known = read.get(document);
  if (known) return known;
  const policy = freezeAll(Policy.parse(JSON.parse(document)));
  // A service has few; those of tests that change it again and again are not to add up.
  if (read.size >= 20) read.clear();
  read.set(document, policy);
  return policy;
}

/** The policy of a district. Throws when the district is not configured: accounts and submissions imply that it is. */
export async function policyOf(db: Store, district: string): Promise<Policy> {
  const row = await db
    .selectFrom('policies')
    .select('document')
    .where('district', '=', district)
    .executeTakeFirstOrThrow();
  return readPolicy(row.document);
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
