import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { askPostgres } from './ask.ts';
import { DATABASE, MODEL } from './for-tests.ts';

const urlOf = (database: string): string | undefined => inject('postgresql')?.replace(DATABASE, database);

/** Whether this run tests the service on PostgreSQL. */
export function isOnPostgres(): boolean {
  return inject('postgresql') !== undefined;
}

/**
 * The address of a new database on the run's PostgreSQL server: a copy of the service's without a row, of another one that
 * nobody uses, or of the empty `template0`.
 * Undefined where SQLite is tested. The server goes with the run, its databases with it.
 */
export async function newDatabase(copyOf = MODEL): Promise<string | undefined> {
  const administration = urlOf('postgres');
  if (administration === undefined) return undefined;
  const name = `desk_${randomUUID().replaceAll('-', '')}`;
  await askPostgres(administration, `CREATE DATABASE ${name} TEMPLATE ${copyOf}`);
  return urlOf(name);
}
