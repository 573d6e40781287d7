import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Failure, isDamage } from '../failure.ts';
import { type StoreFile, unlock } from './database.ts';
import { isDoubtful } from './doubt.ts';

/** A file up to this size is checked whole at opening: measured, 90 MB take 0.4 s. */
const WHOLE_BYTES = 256_000_000;
/** What nobody else has. The rest of a larger file, and of one that is vouched for, is read through beside the work. */
const IRREPLACEABLE = ['meta', 'device', 'cursor', 'decisions', 'outbox', 'audit'];

/** Whether a file is there that opens under a key: then the key is the right one. */
export function opensUnder({
  path,
  key,
  binding,
  cipher,
}: Pick<StoreFile, 'path' | 'key' | 'binding' | 'cipher'>): boolean {
  if (!existsSync(path) || statSync(path).size === 0) return false;
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, ...(binding === null ? {} : { nativeBinding: binding }) });
    unlock(db, key, cipher);
    return Number(db.pragma('user_version', { simple: true })) > 0;
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** `whole`: every page was read and every MAC held. `parts`: those of what nobody else has. `empty`: no tables. */
export type Finding = 'whole' | 'parts' | 'empty' | 'damaged';

/**
 * Reads through a database file without writing to it. Every page that is read has its MAC verified, so that a single
 * changed bit is found.
 * @param vouched it was found sound and is as it was left: what nobody else has is enough
 * @throws Failure `store.newer` when it was made by a later version of the app, `store.write` when it can't be opened
 */
export function examine({ path, key, binding, migrations }: StoreFile, vouched = false): Finding {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, ...(binding === null ? {} : { nativeBinding: binding }) });
    unlock(db, key);
    const version = Number(db.pragma('user_version', { simple: true }));
    const newest = migrations.at(-1)?.version ?? 0;
    if (version > newest) throw new Failure('store.newer', `schema ${version}, known ${newest}`);
    if (version === 0) return 'empty';
    const whole = isDoubtful(path) || (!vouched && statSync(path).size <= WHOLE_BYTES);
    const checks = whole ? ['quick_check(1)'] : IRREPLACEABLE.map((table) => `quick_check(${table})`);
    for (const check of checks) {
      if (db.prepare(`PRAGMA ${check}`).pluck().get() !== 'ok') return 'damaged';
    }
    return whole ? 'whole' : 'parts';
  } catch (error) {
    if (isDamage(error)) return 'damaged';
    if (error instanceof Database.SqliteError) throw new Failure('store.write', error.code, { cause: error });
    throw error;
  } finally {
    db?.close();
  }
}
