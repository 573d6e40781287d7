import Sqlite from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import { MIGRATIONS } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** The data folder holds a database that this version must not touch. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
  constructor(found: number, known: number) {
    super(`the database has shape ${found}, this version knows shapes up to ${known}: install the newer version`);
  }
}

/** SQLite's own header field that marks the file as the review service's (`RDsv`). */
const APPLICATION_ID = 0x52447376;

function connect(file: string): Sqlite.Database {
  // The prebuilt binary needs Node-API 10; an older runtime gets one built for it.
  const nativeBinding = Number(process.versions.napi) < 10 ? process.env.REVIEW_DESK_SQLITE_BINDING : undefined;
  const db = new Sqlite(file, nativeBinding === undefined ? {} : { nativeBinding });
  db.pragma('journal_mode = WAL');
  // FULL, not NORMAL: with NORMAL a power cut loses commits that were already answered.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  // Nothing of a query may land in a temporary file outside the data folder.
  db.pragma('temp_store = MEMORY');
  db.pragma('busy_timeout = 5000');
  return db;
}

function migrate(db: Sqlite.Database): void {
  const found = Number(db.pragma('user_version', { simple: true }));
  const known = MIGRATIONS.at(-1)?.version ?? 0;
  if (found > known) throw new NewerDatabaseError(found, known);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  for (const { version, sql, rebuilds = false, fill } of MIGRATIONS) {
    if (version <= found) continue;
    // Inside a transaction this setting can't be changed, and with it on, dropping the old table takes its rows' children.
    if (rebuilds) db.pragma('foreign_keys = OFF');
    db.transaction(() => {
      db.exec(sql);
      fill?.(db);
      const broken = rebuilds ? db.prepare('PRAGMA foreign_key_check').all() : [];
      if (broken.length > 0) throw new Error(`migration ${version} leaves ${broken.length} rows without their parent`);
      db.pragma(`user_version = ${version}`);
    })();
    if (rebuilds) db.pragma('foreign_keys = ON');
  }
}

/** Statements that are kept prepared; questions with lists of many lengths would add up otherwise. */
const KEPT = 500;

/** The database with its statements prepared once: preparing takes longer than most of them run. */
function prepared(sqlite: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close: () => {
      sqlite.close();
    },
    prepare: (text) => {
      const known = kept.get(text);
      if (known) return known;
      if (kept.size >= KEPT) kept.clear();
      const made = sqlite.prepare<unknown[]>(text);
      kept.set(text, made);
      return made;
    },
  };
}

/**
 * Opens (or makes) the service's database and brings it to the present shape.
 * `newEpoch` names the feed's epoch of a database that has none yet.
 * Throws `NewerDatabaseError` for one that a newer version made; the file is then left as it is.
 */
export async function openDatabase(file: string, newEpoch: () => string): Promise<Kysely<Tables>> {
  const sqlite = connect(file);
  try {
    migrate(sqlite);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: prepared(sqlite) }) });
  await db
    .insertInto('feed')
    .values({ id: 1, epoch: newEpoch(), last_seq: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db;
}
