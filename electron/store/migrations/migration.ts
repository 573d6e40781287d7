import type Database from 'better-sqlite3';
import { Failure } from '../../failure.ts';

/** One step of a database's history. Never edited once released; a new step is added instead. */
export type Migration = {
  /** From 1, without gaps. */
  readonly version: number;
  readonly up: (db: Database.Database) => void;
};

/**
 * Brings a database to the newest version, each step in a transaction with its version number.
 * @throws Failure `store.newer` when the file was made by a later version of the app
 */
export function migrate(db: Database.Database, migrations: readonly Migration[]): void {
  const current = Number(db.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) throw new Failure('store.newer', `schema ${current}, known ${newest}`);
  for (const { version, up } of migrations) {
    if (version <= current) continue;
    db.transaction(() => {
      up(db);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
