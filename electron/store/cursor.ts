import { type Reader, sql, type Writer } from './database.ts';

/** How far the feed has been taken in. */
export type Cursor = {
  /** Null before the first page. */
  readonly epoch: string | null;
  readonly seq: number;
  readonly lastSync: string | null;
  /** Everything there was has been taken in at least once. */
  readonly through: boolean;
};

/** The cursor; at the start when nothing was synced yet. */
export function readCursor(db: Reader): Cursor {
  const row = sql<{ epoch: string | null; seq: number; last_sync: string | null; through: number }>(
    db,
    'SELECT epoch, seq, last_sync, through FROM cursor WHERE one = 1',
  ).get();
  if (!row) return { epoch: null, seq: 0, lastSync: null, through: false };
  return { epoch: row.epoch, seq: row.seq, lastSync: row.last_sync, through: row.through === 1 };
}

/** Moves the cursor; belongs into the transaction that takes in the page. */
export function moveCursor(db: Writer, { epoch, seq }: { epoch: string; seq: number }): void {
  sql(
    db,
    `INSERT INTO cursor (one, epoch, seq, through) VALUES (1, ?, ?, 0)
     ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq`,
  ).run(epoch, seq);
}

/** Notes that the feed was read to its end. */
export function noteSync(db: Writer, at: string): void {
  sql(db, 'UPDATE cursor SET last_sync = ? WHERE one = 1').run(at);
}

/** Notes that everything, pictures too, was here once. */
export function noteThrough(db: Writer): void {
  sql(db, 'UPDATE cursor SET through = 1 WHERE one = 1').run();
}
