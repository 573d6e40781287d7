import { z } from 'zod';
import { PublicKey } from '../../shared/chain.ts';
import { Recovery } from '../../shared/ipc.ts';
import { Policy } from '../../shared/policy.ts';
import { Account } from '../../shared/wire.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** What an offline sign-in needs to know: who, and by which rules. */
export const Office = z.strictObject({ account: Account, policy: Policy });
export type Office = z.infer<typeof Office>;

/** The account and policy of the last online sign-in; null in a new database. */
export function readOffice(db: Reader): Office | null {
  const row = sql<{ value: string }>(db, `SELECT value FROM meta WHERE name = 'office'`).get();
  return row ? Office.parse(JSON.parse(row.value)) : null;
}

function writeMeta(db: Writer, name: string, value: unknown): void {
  sql(db, 'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
    name,
    JSON.stringify(value),
  );
}

/** Keeps account and policy for offline sign-ins. */
export function writeOffice(db: Writer, office: Office): void {
  writeMeta(db, 'office', office);
}

/** Keeps what the reviewer has to be told about a recovery. */
export function writeRecovery(db: Writer, recovery: Recovery): void {
  writeMeta(db, 'recovery', recovery);
}

/** How long a recovery is told, ms: a working day, also after the next start. */
const TOLD_FOR = 24 * 3_600_000;

/** The last recovery while it is news; null otherwise. */
export function readRecovery(db: Reader, now: Date): Recovery | null {
  const row = sql<{ value: string }>(db, `SELECT value FROM meta WHERE name = 'recovery'`).get();
  const recovery = row ? Recovery.parse(JSON.parse(row.value)) : null;
  return recovery && Math.abs(now.getTime() - Date.parse(recovery.at)) < TOLD_FOR ? recovery : null;
}

/** The key by which the service's receipts are known; null until it was heard of. */
export function readServiceKey(db: Reader): string | null {
  const row = sql<{ value: string }>(db, `SELECT value FROM meta WHERE name = 'service-key'`).get();
  return row ? PublicKey.parse(row.value) : null;
}

/** A key of the service, and from when on another took its place (ISO 8601); null for the present one. */
const KnownKey = z.strictObject({ publicKey: PublicKey, until: z.string().nullable() });
export type KnownKey = z.infer<typeof KnownKey>;

/** Every key by which receipts here may be signed, the oldest first. */
export function readServiceKeys(db: Reader): KnownKey[] {
  const row = sql<{ value: string }>(db, `SELECT value FROM meta WHERE name = 'service-keys'`).get();
  const present = readServiceKey(db);
  const former = row ? z.array(KnownKey).parse(JSON.parse(row.value)) : [];
  return present === null ? former : [...former, { publicKey: present, until: null }];
}

/** Goes over to another key of the service, whose proof was verified; the present one stays known. */
export function replaceServiceKey(db: Writer, publicKey: string, at: string): void {
  const keys = readServiceKeys(db).map((key) => ({ ...key, until: key.until ?? at }));
  writeMeta(db, 'service-keys', keys);
  sql(db, `UPDATE meta SET value = ? WHERE name = 'service-key'`).run(publicKey);
}

/** Keeps the service's key. The first one stays: another one needs proof, or a person to look into it. */
export function pinServiceKey(db: Writer, publicKey: string): void {
  sql(db, `INSERT INTO meta (name, value) VALUES ('service-key', ?)`).run(publicKey);
}
