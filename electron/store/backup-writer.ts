import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { isDamage } from '../failure.ts';
import type { BackupReply } from './backups.ts';
import { unlock } from './database.ts';

/** Given by the thread that started this one. */
const Task = z.strictObject({
  path: z.string(),
  key: z.instanceof(Uint8Array),
  binding: z.string().nullable(),
  target: z.string().nullable(),
});

const port = parentPort;
if (!port) throw new Error('this module runs as a thread');

const { path, key, binding, target } = Task.parse(workerData);
const native = binding === null ? {} : { nativeBinding: binding };

/** Copies every row under the same key: reads all that is in use, so that damage is found here too. */
function copy(to: string): void {
  const db = new Database(path, { readonly: true, timeout: 2000, ...native });
  try {
    unlock(db, key);
    db.pragma('temp_store = MEMORY');
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

/** Whether every page of a file can be read. */
function isGood(file: string): boolean {
  const db = new Database(file, { readonly: true, timeout: 2000, ...native });
  try {
    unlock(db, key);
    return db.prepare('PRAGMA quick_check(1)').pluck().get() === 'ok';
  } finally {
    db.close();
  }
}

const failed = (error: unknown): BackupReply => {
  const code = error instanceof Database.SqliteError ? error.code : 'unknown';
  return { outcome: isDamage(error) ? 'damaged' : 'failed', code };
};

function check(): BackupReply {
  try {
    return isGood(path) ? { outcome: 'done', code: '' } : { outcome: 'damaged', code: 'unreadable' };
  } catch (error) {
    return failed(error);
  }
}

function backUp(to: string): BackupReply {
  try {
    copy(to);
  } catch (error) {
    return failed(error);
  }
  try {
    return isGood(to) ? { outcome: 'done', code: '' } : { outcome: 'failed', code: 'unreadable' };
  } catch {
    return { outcome: 'failed', code: 'unreadable' };
  }
}

port.postMessage(target === null ? check() : backUp(target));
