import { randomUUID } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { openPostgres } from '../../service/store/postgresql/open.ts';
import { askPostgres } from './ask.ts';
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
const QUICK = ['full_page_writes=off', 'autovacuum=off', 'max_wal_size=4GB'];

let server: PostgresServer | undefined;

/** The database that has the service's tables already: a copy of it is made sooner than the tables are. */
export const MODEL = 'model_of_the_service';

/** One server for all tests of the project. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres(QUICK);
  await askPostgres(server.urlOf('postgres'), `CREATE DATABASE ${MODEL}`);
  const model = await openPostgres({ url: server.urlOf(MODEL), newEpoch: randomUUID, mustExist: false });
  await model.destroy();
  project.provide('postgresql', server.urlOf(DATABASE));
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
