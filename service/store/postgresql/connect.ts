import {
  CompiledQuery,
  type DatabaseConnection,
  type PostgresCursor,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
  type TransactionSettings,
} from 'kysely';
import pg from 'pg';

/** Connections that a process of the service has at most. */
const CONNECTIONS = 10;
/** How long making a connection may take, ms. */
const CONNECT_MS = 10_000;
/** How long a transaction waits for its turn, and how long one that says nothing keeps it, ms. */
const PATIENCE_MS = 30_000;

/** What every transaction that may change something holds (`RDsv`), and migrations too. */
export const WRITERS = 0x52447376;

/** Counts and keys are numbers here as they are from SQLite. Throws for one that no number holds exactly. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a number of the database is no safe integer');
  return value;
}

const { INT8, NUMERIC } = pg.types.builtins;
const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === INT8 || type === NUMERIC ? wholeNumber : pg.types.getTypeParser(type, format),
};

/** Statements that are kept prepared; questions with lists of many lengths would add up otherwise. */
const KEPT = 500;

/** Names for statements, under which a connection keeps them prepared. Null for those beyond what is kept. */
function naming(): (text: string) => string | null {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= KEPT) return null;
    const name = `desk_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}

/** How a transaction that may change something begins, and one that only reads. */
const BEGINNINGS = {
  writer: `BEGIN; SELECT pg_advisory_xact_lock(${WRITERS})`,
  reader: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
};
const BEGIN: ReadonlySet<string> = new Set(Object.values(BEGINNINGS));
/** What may be sent along with a beginning: should that fail, it has changed nothing outside its transaction. */
const QUESTION = /^\s*select\b/i;
/** As Kysely says it. */
const ROLLBACK = 'rollback';
const BEGUN = { command: 'SELECT' as const, rowCount: 0, rows: [] };

/** The same promise, whose failure ends no process when nobody waits for it any more. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/**
 * A connection whose statements with parameters are prepared once. How a transaction began is told by the answer to its
 * first question, which is sent along: whoever gets the writers' lock has been asked by then, and keeps others waiting
 * for less.
 */
function preparing(client: pg.PoolClient, nameOf: (text: string) => string | null): PostgresPoolClient {
  let begun: Promise<unknown> | null = null;
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query<R>(text: string | PostgresCursor<R>, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new Error('rows are read whole, without a cursor');
    const name = values.length === 0 ? null : nameOf(text);
    const send = () => client.query({ text, values: [...values], ...(name === null ? {} : { name }) });
    const before = begun;
    begun = null;
    if (BEGIN.has(text)) {
      begun = heard(send());
      return Promise.resolve(BEGUN);
    }
    if (before === null) return send();
    // What failed to begin is to be left as well: the connection is used again.
    if (!QUESTION.test(text)) return before.then(send, text === ROLLBACK ? send : undefined);
    const answer = heard(send());
    return before.then(() => answer);
  }
  return { query, release: () => client.release() };
}

/** Connections for Kysely. One that the server ends is made anew for whoever asks next. */
function poolOf(url: string): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    pipeline: true,
    application_name: 'review-desk-service',
    lock_timeout: PATIENCE_MS,
    idle_in_transaction_session_timeout: PATIENCE_MS,
    types,
  });
  // A connection that ends while nobody uses it concerns nobody; who uses one hears of it from the query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const nameOf = naming();
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const one = known.get(client) ?? preparing(client, nameOf);
      known.set(client, one);
      return one;
    },
    end: () => pool.end(),
  };
}

/** What commits wait for is never less than the disk, whatever the server's own setting is. */
const DURABLE = `SELECT set_config('synchronous_commit', 'on', false)
  WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')`;

/**
 * Transactions that may change something come one after the other, from all processes: the lock is held until what they
 * did is to be seen. It is taken before the first question, so that each sees all that the one before did. Those that
 * only read see one state and wait for nobody.
 */
class SerialDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const begin = settings.accessMode === 'read only' ? BEGINNINGS.reader : BEGINNINGS.writer;
    await connection.executeQuery(CompiledQuery.raw(begin));
  }
}

class SerialDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): SerialDriver {
    return new SerialDriver(this.#config);
  }
}

/** A database on PostgreSQL, as Kysely wants it. Nothing is connected before the first question. */
export function postgresAt(url: string): PostgresDialect {
  return new SerialDialect({
    pool: poolOf(url),
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(DURABLE));
    },
  });
}
