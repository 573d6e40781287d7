import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical.ts';
import { PublicKey, Signature } from '../../shared/chain.ts';
import { Instant, Sha256 } from '../../shared/ids.ts';
import type { Found } from '../../shared/proofs.ts';
import { isSignedBy, signText } from '../signature.ts';
import { moveFile, replaceFile } from '../write-file.ts';
import { type AuditEntry, entryHash, lastEntry } from './audit.ts';
import { type Reader, type Store, sql, type Writer } from './database.ts';
import { knownDevice } from './device.ts';
import { noteBreak } from './log-breaks.ts';

/** Seals that are kept besides the last: enough to say between which of them the log was changed. */
const KEPT = 200;

/** How far the log here had grown, signed by the device. */
export const Seal = z.strictObject({
  device: z.uuid(),
  publicKey: PublicKey,
  /** Number and hash of the last entry: the hash covers all entries before it. */
  n: z.number().int().positive(),
  hash: Sha256,
  /** How often the data had been recovered after damage, which may cost entries. */
  recoveries: z.number().int(),
  at: Instant,
});
export type Seal = z.infer<typeof Seal>;
const SignedSeal = z.strictObject({ seal: Seal, signature: Signature });
export type SignedSeal = z.infer<typeof SignedSeal>;

/** What is signed of a seal. */
export const sealForm = (seal: Seal): string => canonicalJson({ purpose: 'review-desk log seal', ...seal });

/** Whether the seal is signed by the key that it names. */
export function isSealed({ seal, signature }: SignedSeal): boolean {
  return isSignedBy(seal.publicKey, sealForm(seal), signature);
}

/** How often the data was recovered after damage. */
export function countRecoveries(db: Reader): number {
  return sql<{ n: number }>(db, `SELECT count(*) AS n FROM audit WHERE kind = 'recovered'`).get()?.n ?? 0;
}

/** The seals, the oldest first, as they stand there. */
export function listSeals(db: Reader): { n: number; seal: string; signature: string }[] {
  return sql<{ n: number; seal: string; signature: string }>(
    db,
    'SELECT n, seal, signature FROM log_seals ORDER BY n',
  ).all();
}

/** A stored seal; null for one that no version of the app wrote. */
export function readSeal({ seal, signature }: { seal: string; signature: string }): SignedSeal | null {
  try {
    return SignedSeal.parse({ seal: JSON.parse(seal), signature });
  } catch {
    return null;
  }
}

function insertSeal(db: Writer, { seal, signature }: SignedSeal): void {
  sql(db, 'INSERT OR REPLACE INTO log_seals (n, seal, signature) VALUES (?, ?, ?)').run(
    seal.n,
    JSON.stringify(seal),
    signature,
  );
  const { count } = sql<{ count: number }>(db, 'SELECT count(*) AS count FROM log_seals').get() ?? { count: 0 };
  if (count <= KEPT) return;
  sql(
    db,
    'DELETE FROM log_seals WHERE n IN (SELECT n FROM (SELECT n, row_number() OVER (ORDER BY n) AS place FROM log_seals) WHERE place <= ? AND place % 2 = 1)',
  ).run(KEPT / 2);
}

/**
 * Seals the log as it is now, in the database and in a file beside it, which an older database doesn't bring back. Nothing
 * is written while the log hasn't grown.
 */
export function sealLog(store: Store, file: string, at: string): void {
  const device = knownDevice(store.read);
  const last = lastEntry(store.read);
  const sealed = sql<{ n: number }>(store.read, 'SELECT max(n) AS n FROM log_seals').get()?.n ?? 0;
  if (!device || !last || last.n === sealed) return;
  const seal = Seal.parse({
    device: device.uuid,
    publicKey: device.publicKey,
    ...last,
    recoveries: countRecoveries(store.read),
    at,
  });
  const signed = { seal, signature: signText(device, sealForm(seal)) };
  store.transact((db) => insertSeal(db, signed));
  replaceFile(file, `${JSON.stringify(signed)}\n`);
}

function sealIn(file: string): SignedSeal | null {
  try {
    const signed = SignedSeal.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isSealed(signed) ? signed : null;
  } catch {
    return null;
  }
}

/** What doesn't fit the seal beside the database; null when all does, or there is none. */
function misfit(db: Reader, file: string): Found | null {
  const sealed = sql<{ n: number; at: string }>(
    db,
    `SELECT n, json_extract(seal, '$.at') AS at FROM log_seals ORDER BY n DESC LIMIT 1`,
  ).get();
  if (!existsSync(file)) {
    return sealed ? { place: 'desk', kind: 'gone', first: sealed.n, last: sealed.n, since: sealed.at } : null;
  }
  const signed = sealIn(file);
  if (!signed) return { place: 'desk', kind: 'content', first: null, last: null, since: sealed?.at ?? null };
  const { n, hash, recoveries, at } = signed.seal;
  // Damage was recovered since, which may have cost entries, and was told.
  if (countRecoveries(db) > recoveries) return null;
  const last = lastEntry(db)?.n ?? 0;
  if (last < n) return { place: 'desk', kind: 'older', first: last + 1, last: n, since: at };
  const entry = sql<AuditEntry>(db, 'SELECT n, at, kind, body, previous, hash FROM audit WHERE n = ?').get(n);
  return entry && entryHash(entry) === hash ? null : { place: 'desk', kind: 'forked', first: 1, last: n, since: at };
}

/**
 * Compares the log with the seal beside the database, at opening. A seal that doesn't fit is kept under another name; what
 * was found is noted, and work goes on.
 */
export function compareSeal(store: Store, file: string, now: Date): Found | null {
  const found = misfit(store.read, file);
  if (!found) return null;
  if (existsSync(file)) moveFile(file, `${file}.${now.toISOString().replace(/[^0-9TZ]/g, '')}`);
  store.transact((db) => noteBreak(db, found, now.toISOString()));
  return found;
}
