import Database from 'better-sqlite3';
import { Failure } from '../failure.ts';

/**
 * Keeps a folder for this desk alone, until the given function is called or the process ends. The lock is that of an
 * empty database, which the system takes back from a process however it dies.
 * @param path the lock's own file
 * @throws Failure `store.in_use`, `store.write`
 */
export function lockFolder(path: string, binding: string | null): () => void {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { timeout: 2000, ...(binding === null ? {} : { nativeBinding: binding }) });
    const held = db;
    held.exec('BEGIN EXCLUSIVE');
    return () => held.close();
  } catch (error) {
    db?.close();
    const code = error instanceof Database.SqliteError ? error.code : '';
    throw new Failure(code.startsWith('SQLITE_BUSY') ? 'store.in_use' : 'store.write', code, { cause: error });
  }
}
