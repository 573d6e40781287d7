import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { unlock } from '../store/database.ts';
import { proveOwnRecords } from './own-records.ts';

/** Given by the thread that started this one. */
const Task = z.strictObject({ path: z.string(), key: z.instanceof(Uint8Array), binding: z.string().nullable() });

const port = parentPort;
if (!port) throw new Error('this module runs as a thread');
const { path, key, binding } = Task.parse(workerData);

const db = new Database(path, {
  readonly: true,
  timeout: 2000,
  ...(binding === null ? {} : { nativeBinding: binding }),
});
try {
  unlock(db, key);
  db.pragma('temp_store = MEMORY');
  // One view of everything, whatever is decided meanwhile.
  db.exec('BEGIN');
  for (const progress of proveOwnRecords(db)) port.postMessage(progress);
  db.exec('COMMIT');
} finally {
  db.close();
}
