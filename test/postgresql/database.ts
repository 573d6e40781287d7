import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { DATABASE } from './for-tests.ts';

const urlOf = (database: string): string | undefined => inject('postgresql')?.replace(DATABASE, database);

/** Whether this run tests the service on PostgreSQL. */
export function isOnPostgres(): boolean {
  return inject('postgresql') !== undefined;
}

/** Asks a PostgreSQL database past the service. */
export async function askPostgres(url: string, statements: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statements);
    return rows;
  } finally {
    await client.end();
  }
}

/**
 * The address of a new database on the run's PostgreSQL server, empty or a copy of another one that nobody uses.
 * Undefined where SQLite is tested. The server goes with the run, its databases with it.
 */
export async function newDatabase(copyOf = 'template0'): Promise<string | undefined> {
  const administration = urlOf('postgres');
  if (administration === undefined) return undefined;
  const name = `desk_${randomUUID().replaceAll('-', '')}`;
  await askPostgres(administration, `CREATE DATABASE ${name} TEMPLATE ${copyOf}`);
  return urlOf(name);
}
