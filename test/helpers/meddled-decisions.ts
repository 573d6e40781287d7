import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { TestService } from '../factories/running-service.ts';
import { askPostgres } from '../postgresql/ask.ts';

const KEEP = 'CREATE TABLE kept AS SELECT * FROM decisions';
const PUT_BACK = 'DELETE FROM decisions; INSERT INTO decisions SELECT * FROM kept; DROP TABLE kept';

/**
 * Changes the decisions of a service past it and past the triggers that refuse it, as somebody could who has the
 * database; gives what puts them back as they were.
 */
export async function meddleWithDecisions(
  { folder, databaseUrl }: Pick<TestService, 'folder' | 'databaseUrl'>,
  statement: string,
): Promise<() => Promise<void>> {
  if (databaseUrl !== undefined) {
    // A replica's session runs no trigger, those of foreign keys neither.
    const past = (statements: string) =>
      askPostgres(databaseUrl, `SET session_replication_role = replica; ${statements}`);
    await past(`${KEEP}; ${statement}`);
    return async () => {
      await past(PUT_BACK);
    };
  }
  const past = (...statements: string[]) => {
    const raw = new Sqlite(join(folder, 'service.db'));
    raw.pragma('foreign_keys = OFF');
    const triggers = raw
      .prepare<[], { name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decisions'`,
      )
      .all();
    for (const { name } of triggers) raw.exec(`DROP TRIGGER ${name}`);
    for (const one of [...statements, ...triggers.map(({ sql }) => sql)]) raw.exec(one);
    raw.close();
  };
  past(KEEP, statement);
  return async () => past(PUT_BACK);
}
