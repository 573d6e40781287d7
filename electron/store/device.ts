import { sql, type Writer } from './database.ts';

/** This workstation's identity, and the number of the next decision. */
export type Device = { readonly uuid: string; readonly nextSeq: number };

/** Gives the profile its device identity, once. */
export function enrolDevice(db: Writer, uuid: string): void {
  sql(db, 'INSERT INTO device (one, uuid, next_seq) VALUES (1, ?, 1) ON CONFLICT (one) DO NOTHING').run(uuid);
}

/** Takes the next number; gap-free, because it is given back when the transaction rolls back. */
export function takeSeq(db: Writer): { uuid: string; seq: number } {
  const row = sql<{ uuid: string; seq: number }>(
    db,
    'UPDATE device SET next_seq = next_seq + 1 WHERE one = 1 RETURNING uuid, next_seq - 1 AS seq',
  ).get();
  if (!row) throw new Error('the device is not enrolled');
  return row;
}
