import { randomUUID } from 'node:crypto';
import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** Less to write for databases that nobody keeps. What is committed waits for its file all the same. */
const QUICK = [
  'full_page_writes=off',
  'autovacuum=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=512MB',
];

/** Linux' folder in memory, where no commit waits for a disk that the other tests use too. */
const IN_MEMORY = '/dev/shm';
/** What the databases of a run take, with room to spare. Containers often have 64 MB there. */
const ROOM = 2 * 1024 ** 3;

/** Where the server's files are: in memory if there is room, otherwise with other temporary files. */
function place(): string {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize > ROOM ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

let server: PostgresServer | undefined;

/** The database that has the service's tables already: a copy of it is made sooner than the tables are. */
export const MODEL = 'model_of_the_service';

/** One server for all tests of the project. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres(QUICK, place());
  await askPostgres(server.urlOf('postgres'), `CREATE DATABASE ${MODEL}`);
  const model = await openPostgres({ url: server.urlOf(MODEL), newEpoch: randomUUID, mustExist: false });
  await model.destroy();
  project.provide('postgresql', server.urlOf(DATABASE));
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
