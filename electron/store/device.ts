import { decisionForm, Head } from '../../shared/chain.ts';
import { Decision } from '../../shared/decision.ts';
import type { Sha256 } from '../../shared/ids.ts';
import { type KeyPair, newKeyPair, signText } from '../signature.ts';
import { logEntry } from './audit.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** This workstation as the service knows it. The private half of its key is nowhere but in this encrypted file. */
export type Device = KeyPair & {
  readonly uuid: string;
  /** The last decision before its chain begins. */
  readonly start: Head;
};

type Row = {
  uuid: string;
  public_key: string | null;
  private_key: string | null;
  start_seq: number;
  start_sha256: string | null;
};

/** The device of the profile; null when it has none, or none with a key. */
export function knownDevice(db: Reader): Device | null {
  const row = sql<Row>(db, 'SELECT uuid, public_key, private_key, start_seq, start_sha256 FROM device').get();
  if (!row || row.public_key === null || row.private_key === null) return null;
  return {
    uuid: row.uuid,
    publicKey: row.public_key,
    privateKey: row.private_key,
    start: Head.parse({ seq: row.start_seq, sha256: row.start_sha256 }),
  };
}

/** The device of the profile. Throws when `readyDevice` was never called. */
export function readDevice(db: Reader): Device {
  const device = knownDevice(db);
  if (!device) throw new Error('the device has no key');
  return device;
}

/**
 * Gives the profile its device identity and key, once, and signs what was decided in its chain before there was a key.
 * Where decisions are but no identity (it was lost) the new one's chain begins after them.
 */
export function readyDevice(db: Writer, uuid: string, at: string): void {
  const row = sql<Row>(db, 'SELECT * FROM device').get();
  if (!row) {
    sql(db, 'INSERT INTO device (one, uuid, next_seq) VALUES (1, ?, 1)').run(uuid);
    renewDevice(db, uuid, at);
    return;
  }
  if (row.public_key !== null) return;
  const keys = newKeyPair();
  sql(db, 'UPDATE device SET public_key = @publicKey, private_key = @privateKey').run(keys);
  const unsigned = sql<{ seq: number; body: string; sha256: string }>(
    db,
    'SELECT seq, body, sha256 FROM decisions WHERE signature IS NULL AND seq > ? ORDER BY seq',
  ).all(row.start_seq);
  for (const { seq, body, sha256 } of unsigned) {
    const decision = Decision.parse(JSON.parse(body));
    sql(db, 'UPDATE decisions SET signature = ? WHERE seq = ?').run(signText(keys, decisionForm(decision)), seq);
    logEntry(db, at, 'signed', { decisionId: decision.id, sha256, previous: decision.previous ?? null });
  }
}

/** The last decision made here: what the next one follows. */
export function lastDecision(db: Reader): Head {
  const row = sql<{ seq: number; sha256: string }>(
    db,
    'SELECT seq, sha256 FROM decisions ORDER BY seq DESC LIMIT 1',
  ).get();
  return Head.parse(row ?? { seq: 0, sha256: null });
}

/**
 * Takes another identity and key, whose chain begins after the last decision. For when the present one can't be used
 * any more: its chain at the service is not the one here, because this computer's data was copied or restored.
 */
export function renewDevice(db: Writer, uuid: string, at: string): void {
  const keys = newKeyPair();
  const { seq, sha256 } = lastDecision(db);
  sql(
    db,
    `UPDATE device SET uuid = @uuid, public_key = @publicKey, private_key = @privateKey, next_seq = @seq + 1,
       start_seq = @seq, start_sha256 = @sha256`,
  ).run({ uuid, ...keys, seq, sha256 });
  if (seq > 0) logEntry(db, at, 'renewed', { device: uuid, publicKey: keys.publicKey, start: { seq, sha256 } });
}

/** Puts back an identity that was read elsewhere. */
export function restoreDevice(db: Writer, { uuid, publicKey, privateKey, start }: Device, nextSeq: number): void {
  forgetDevice(db);
  sql(
    db,
    `INSERT INTO device (one, uuid, next_seq, public_key, private_key, start_seq, start_sha256)
     VALUES (1, ?, ?, ?, ?, ?, ?)`,
  ).run(uuid, nextSeq, publicKey, privateKey, start.seq, start.sha256);
}

/** Gives the identity up: `readyDevice` takes another one. */
export function forgetDevice(db: Writer): void {
  sql(db, 'DELETE FROM device').run();
}

/** Takes the next place in the chain; gap-free, because it is given back when the transaction rolls back. */
export function takePlace(db: Writer): { device: Device; seq: number; previous: Sha256 | null } {
  const device = readDevice(db);
  const previous = lastDecision(db).sha256;
  const row = sql<{ seq: number }>(
    db,
    'UPDATE device SET next_seq = next_seq + 1 WHERE one = 1 RETURNING next_seq - 1 AS seq',
  ).get();
  if (!row) throw new Error('the device is not enrolled');
  return { device, seq: row.seq, previous };
}
