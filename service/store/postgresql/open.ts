import { Kysely, sql } from 'kysely';
import pg from 'pg';
import { NewerDatabaseError } from '../database.ts';
import type { Tables } from '../tables.ts';
import { postgresAt } from './connect.ts';
import { DatabaseRefusedError, refusalOf, type Whereabouts } from './failures.ts';
import { POSTGRES_MIGRATIONS } from './migrations/index.ts';

/** PostgreSQL 15. */
const OLDEST = 150_000;

function whereaboutsOf(url: string): Whereabouts {
  const { host, port, user = '', database = '' } = new pg.Client({ connectionString: url });
  return { host, port, user, database };
}

type Server = { readonly version: number; readonly encoding: string; readonly fsync: string };

/** Refuses a server that could not keep what is promised. */
async function checkServer(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<Server>`SELECT current_setting('server_version_num')::int AS version,
    current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync`.execute(db);
  const [server] = rows;
  if (!server || server.version < OLDEST) throw new DatabaseRefusedError('the service needs PostgreSQL 15 or newer');
  if (server.encoding !== 'UTF8') {
    throw new DatabaseRefusedError(`the database has the encoding ${server.encoding}: create one with UTF8`);
  }
  if (server.fsync !== 'on') {
    throw new DatabaseRefusedError('the server runs with fsync off and would lose decisions in a power cut');
  }
}

type Found = { readonly ours: boolean; readonly others: number };

/** The shape that the database has; 0 for an empty one. Throws for one of another application. */
async function shapeOf(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<Found>`SELECT count(*) FILTER (WHERE tablename = 'review_desk') > 0 AS ours,
    count(*) FILTER (WHERE tablename <> 'review_desk') AS others
    FROM pg_tables WHERE schemaname = current_schema()`.execute(db);
  const [found] = rows;
  if (found?.ours) {
    const shapes = await sql<{ shape: number }>`SELECT shape FROM review_desk`.execute(db);
    return shapes.rows[0]?.shape ?? 0;
  }
  if ((found?.others ?? 0) > 0) {
    throw new DatabaseRefusedError('the database holds tables of another application: name an empty one');
  }
  return 0;
}

/** Brings the database to the present shape, in a transaction that no other process has at the same time. */
async function migrate(db: Kysely<Tables>, newEpoch: () => string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const found = await shapeOf(transaction);
    const known = POSTGRES_MIGRATIONS.at(-1)?.version ?? 0;
    if (found > known) throw new NewerDatabaseError(found, known);
    if (found === known) return;
    if (found === 0) {
      await sql`CREATE TABLE review_desk (one integer PRIMARY KEY CHECK (one = 1), shape bigint NOT NULL)`.execute(
        transaction,
      );
    }
    for (const { version, sql: statements } of POSTGRES_MIGRATIONS) {
      if (version > found) await sql.raw(statements).execute(transaction);
    }
    await sql`INSERT INTO review_desk (one, shape) VALUES (1, ${known})
      ON CONFLICT (one) DO UPDATE SET shape = excluded.shape`.execute(transaction);
    await transaction
      .insertInto('feed')
      .values({ id: 1, epoch: newEpoch(), last_seq: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

export type PostgresOptions = {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Names the feed's epoch of a database that has none yet. */
  readonly newEpoch: () => string;
  /** An empty database is refused, not filled: for work on a service that is there. */
  readonly mustExist: boolean;
};

/**
 * Opens the service's database on PostgreSQL and brings it to the present shape.
 * Throws `NewerDatabaseError` for one that a newer version made, and `DatabaseRefusedError` for a server that does not
 * answer or cannot keep the service's promises, and for a database that is another application's.
 */
export async function openPostgres({ url, newEpoch, mustExist }: PostgresOptions): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: postgresAt(url) });
  try {
    await checkServer(db);
    if (mustExist && (await shapeOf(db)) === 0) {
      throw new DatabaseRefusedError('there is no service in the database: name its own by --database-url');
    }
    await migrate(db, newEpoch);
    return db;
  } catch (error) {
    await db.destroy();
    if (error instanceof NewerDatabaseError || error instanceof DatabaseRefusedError) throw error;
    throw refusalOf(error, whereaboutsOf(url));
  }
}
