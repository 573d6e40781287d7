import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the run's PostgreSQL server, with `DATABASE` for a database's name; absent where SQLite is tested. */
    postgresql: string;
  }
}

/** Stands for the name of a database in the address that tests are given. */
export const DATABASE = 'DATABASE';

/** Less to write for databases that nobody keeps. What is committed is on the disk all the same. */
const QUICK = ['wal_level=minimal', 'max_wal_senders=0', 'full_page_writes=off', 'autovacuum=off', 'max_wal_size=4GB'];

let server: PostgresServer | undefined;

/** One server for all tests of the project. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres(QUICK);
  project.provide('postgresql', server.urlOf(DATABASE));
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
