import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Failure, isDamage } from '../failure.ts';
import { syncFile } from '../write-file.ts';
import { castDoubt } from './doubt.ts';
import type { Migration } from './migrations/migration.ts';
import { migrate } from './migrations/migration.ts';

declare const writable: unique symbol;
/** A handle for reading. */
export type Reader = Pick<Database.Database, 'prepare'>;
/** A handle inside a transaction; only `Store.transact` gives one. */
export type Writer = Reader & { readonly [writable]: true };

/** SQLite's result codes after which nothing may be called saved any more: the disk is full, gone or failing. */
const FATAL = /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|CANTOPEN|NOTADB)/;

/** Pages in the log (WAL) at which it is folded into the file: SQLite's own measure. */
const LOG_PAGES = 1000;

function codeOf(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

/** @throws Failure `store.write` */
function syncNames(folder: string): void {
  // Windows keeps names in its own journal and opens no folders.
  if (process.platform === 'win32') return;
  try {
    syncFile(folder);
  } catch (error) {
    throw new Failure('store.write', 'folder', { cause: error });
  }
}

const prepared = new WeakMap<Reader, Map<string, Database.Statement<unknown[], unknown>>>();

/**
 * The prepared statement of a text, prepared once per database. Row types are the caller's word: tables are STRICT, and
 * JSON columns are parsed where they are read.
 */
export function sql<Row = unknown>(db: Reader, text: string): Database.Statement<unknown[], Row> {
  let known = prepared.get(db);
  if (!known) {
    known = new Map();
    prepared.set(db, known);
  }
  let statement = known.get(text);
  if (!statement) {
    statement = db.prepare<unknown[], unknown>(text);
    known.set(text, statement);
  }
  return statement as Database.Statement<unknown[], Row>;
}

/** What is needed to open a database file. */
export type StoreFile = {
  readonly path: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
  readonly migrations: readonly Migration[];
  /** Native binding for runtimes whose Node-API is too old for the prebuilt one. */
  readonly binding: string | null;
  /** Several connections of this app use the file; otherwise nobody else gets in. */
  readonly shared?: boolean;
  /** Size of the pages of a new file, bytes; large ones suit large values. */
  readonly pageSize?: number;
  /** A new file gives pages back to the disk when asked to (`freePages`). */
  readonly shrinks?: boolean;
  /** `sqlcipher` where it isn't said. */
  readonly cipher?: Cipher;
};

/** Both authenticate every page; why there are two stands in decision 7. */
export type Cipher = 'sqlcipher' | 'aegis';

/** Gives a connection the key of its file; comes before any other pragma. */
export function unlock(db: Database.Database, key: Uint8Array, cipher: Cipher = 'sqlcipher'): void {
  db.pragma(`cipher = '${cipher}'`);
  if (cipher === 'aegis') db.pragma("algorithm = 'aegis-256'");
  db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
}

/** One encrypted database file: reading any time, writing in transactions. */
export class Store {
  readonly read: Reader;
  /** Where the file lies. */
  readonly path: string;
  readonly #db: Database.Database;
  /** Size of the log at which it is folded in, bytes. */
  readonly #logLimit: number;
  #broken: Failure | null = null;

  private constructor(db: Database.Database, path: string, pageSize: number) {
    this.#db = db;
    this.path = path;
    this.#logLimit = LOG_PAGES * pageSize;
    this.read = db;
  }

  /**
   * Opens or creates the file, encrypted throughout (also WAL and temporary tables), and brings its tables up to date.
   * `synchronous=FULL`: with WAL's default an acknowledged row can be lost in a power cut.
   * @throws Failure `store.locked` on a wrong key, `store.in_use`, `store.newer`, `store.damaged`, `store.write`
   */
  static open({ path, key, migrations, binding, shared = false, pageSize = 4096, ...more }: StoreFile): Store {
    let db: Database.Database | null = null;
    try {
      db = new Database(path, binding === null ? {} : { nativeBinding: binding });
      unlock(db, key, more.cipher);
      db.pragma(`page_size = ${pageSize}`);
      if (more.shrinks === true) db.pragma('auto_vacuum = INCREMENTAL');
      db.pragma('busy_timeout = 2000');
      if (!shared) db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      // Folding the log in is done in `transact`: SQLite would do it on the side, and keep a failing disk to itself.
      db.pragma('wal_autocheckpoint = 0');
      // A log that begins anew gives back its room, so that its size tells how much is in it.
      db.pragma('journal_size_limit = 0');
      db.pragma('foreign_keys = ON');
      db.pragma('temp_store = MEMORY');
      db.pragma('trusted_schema = OFF');
      migrate(db, migrations);
      // The names of the file and of its log: SQLite syncs the folder too, but takes no notice when that fails.
      syncNames(dirname(path));
      return new Store(db, path, pageSize);
    } catch (error) {
      db?.close();
      const code = codeOf(error);
      if (code === 'SQLITE_NOTADB') throw new Failure('store.locked', code, { cause: error });
      if (code.startsWith('SQLITE_BUSY')) throw new Failure('store.in_use', code, { cause: error });
      if (isDamage(error)) throw new Failure('store.damaged', code, { cause: error });
      if (FATAL.test(code)) throw new Failure('store.write', code, { cause: error });
      throw error;
    }
  }

  /**
   * Runs work in one transaction: committed when it returns, rolled back when it throws. After the first failure of the
   * disk nothing is saved any more until the next start, because a later commit may only seem to succeed.
   * @throws Failure `store.write` when the disk refuses, `store.damaged` when the file turns out to be damaged
   */
  transact<T>(work: (db: Writer) => T): T {
    if (this.#broken) throw new Failure(this.#broken.code, this.#broken.detail);
    let done: T;
    try {
      done = this.#db.transaction(() => work(this.#db as unknown as Writer)).immediate();
    } catch (error) {
      throw this.#failed(error) ?? error;
    }
    this.#foldLog();
    return done;
  }

  /** Folds a long log into the file. When that fails, what was committed stays saved; nothing more is. */
  #foldLog(): void {
    if (this.#db.inTransaction) return;
    try {
      const size = statSync(`${this.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
      if (size >= this.#logLimit) this.#db.pragma('wal_checkpoint(PASSIVE)');
    } catch (error) {
      this.#broken = this.#failed(error) ?? new Failure('store.write', undefined, { cause: error });
    }
  }

  /** Takes note of a failure of the disk; null for any other. */
  #failed(error: unknown): Failure | null {
    const code = codeOf(error);
    if (!FATAL.test(code)) return null;
    const damaged = isDamage(error);
    if (damaged) castDoubt(this.path);
    this.#broken = new Failure(damaged ? 'store.damaged' : 'store.write', code, { cause: error });
    return this.#broken;
  }

  /**
   * Gives up to so many free pages back to the disk; whether there are more. A file made without `shrinks` keeps them
   * and fills them again. Failing is no loss: the pages stay free.
   */
  freePages(most: number): boolean {
    try {
      if (this.#broken || this.#db.pragma('auto_vacuum', { simple: true }) !== 2) return false;
      this.#db.pragma(`incremental_vacuum(${most})`);
      return Number(this.#db.pragma('freelist_count', { simple: true })) > 0;
    } catch {
      return false;
    }
  }

  /** Why nothing can be saved any more; null while saving works. */
  broken(): Failure | null {
    return this.#broken;
  }

  /** Folds the WAL into the file and closes it. */
  close(): void {
    this.#db.close();
  }
}
