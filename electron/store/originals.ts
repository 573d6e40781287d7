import type { Sha256 } from '../../shared/ids.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** Bytes with their media type. */
export type Picture = { readonly type: string; readonly body: Uint8Array };

/** Keeps pictures as uploaded; those already here stay. */
export function writeOriginals(db: Writer, pictures: readonly (Picture & { readonly sha256: Sha256 })[]): void {
  const insert = sql(db, 'INSERT INTO originals (sha256, type, body) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING');
  for (const { sha256, type, body } of pictures) insert.run(sha256, type, body);
}

/** A picture as uploaded. */
export function readOriginal(db: Reader, sha256: Sha256): Picture | null {
  return sql<Picture>(db, 'SELECT type, body FROM originals WHERE sha256 = ?').get(sha256) ?? null;
}

/** Removes a picture and its rendition: its bytes cannot be read. */
export function dropOriginal(db: Writer, sha256: Sha256): void {
  sql(db, 'DELETE FROM originals WHERE sha256 = ?').run(sha256);
  sql(db, 'DELETE FROM smalls WHERE sha256 = ?').run(sha256);
}

/** Keeps the small rendition (JPEG) of a picture. */
export function writeSmall(db: Writer, sha256: Sha256, body: Uint8Array): void {
  sql(
    db,
    'INSERT INTO smalls (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET body = excluded.body',
  ).run(sha256, Buffer.from(body));
}

/** The small rendition of a picture; null when there is none (yet). */
export function readSmall(db: Reader, sha256: Sha256): Picture | null {
  const row = sql<{ body: Buffer }>(db, 'SELECT body FROM smalls WHERE sha256 = ?').get(sha256);
  return row ? { type: 'image/jpeg', body: row.body } : null;
}
