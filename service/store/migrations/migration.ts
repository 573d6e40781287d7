import type { Database } from 'better-sqlite3';

/** One step of the database's shape. Never changed once released; versions rise by one. */
export type Migration = {
  readonly version: number;
  readonly sql: string;
  /** Makes a table anew that others refer to: foreign keys are off meanwhile, and checked before it is committed. */
  readonly rebuilds?: boolean;
  /** Fills what is derived from the rows that are there, after `sql` and in the same transaction. */
  readonly fill?: (db: Database) => void;
};
