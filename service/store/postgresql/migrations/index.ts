import { first } from './0010-first.ts';
import type { PostgresMigration } from './migration.ts';

/** Every migration on PostgreSQL, in order; the last one has the version of SQLite's last one. */
export const POSTGRES_MIGRATIONS: readonly PostgresMigration[] = [first];
