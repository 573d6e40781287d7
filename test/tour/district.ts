import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Accounts, readAccounts, type ServiceProcess, startService } from '../e2e/launch.ts';
import { sampleFolder } from '../e2e/sample.ts';

/** The running service on a fresh copy of a sample district, and its first reviewer. */
export type Borrowed = {
  readonly service: ServiceProcess;
  readonly accounts: Accounts;
  readonly reviewer: { readonly service: string; readonly account: string; readonly password: string };
};

/** Fills the sample once, copies it into `work`, and starts the service on the copy. */
export async function borrowDistrict(work: string, count?: number): Promise<Borrowed> {
  const folder = join(work, 'district');
  await cp(await sampleFolder(count), folder, { recursive: true });
  const service = await startService(folder);
  const accounts = await readAccounts(folder);
  const [first] = accounts.reviewers;
  if (!first) throw new Error('the sample has no reviewer');
  return { service, accounts, reviewer: { service: service.url, account: first.account, password: first.password } };
}
