import type { Sha256 } from '../../shared/ids.ts';
import { isDamage } from '../failure.ts';
import { type Cipher, type Reader, sql, type Writer } from './database.ts';

/** Measured four times as fast to write and six times to read as SQLCipher, and as strict (decision 7). */
export const IMAGES_CIPHER: Cipher = 'aegis';

/** How `images.db` is made and opened, whoever does it. */
export const IMAGES_FORM = {
  shared: true,
  shrinks: true,
  cipher: IMAGES_CIPHER,
  // Measured with pictures of 150 KB: 1.2 to 2 times as fast as the usual 4 KiB.
  pageSize: 16_384,
} as const;

/** Bytes with their media type. */
export type Picture = { readonly type: string; readonly body: Uint8Array };

/**
 * Whether a stored picture has become unreadable. SQLite cannot delete or replace such a row either, nor a neighbour of
 * it, because it would have to walk through broken pages: what takes its place stands in `mended`.
 */
function isBroken(db: Reader, table: 'originals' | 'smalls', sha256: Sha256): boolean {
  try {
    sql(db, `SELECT body FROM ${table} WHERE sha256 = ?`).get(sha256);
    return false;
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}

function mend(db: Writer, sha256: Sha256, rendition: 'full' | 'small', { type, body }: Picture): void {
  sql(
    db,
    `INSERT INTO mended (sha256, rendition, type, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (sha256, rendition) DO UPDATE SET type = excluded.type, body = excluded.body`,
  ).run(sha256, rendition, type, Buffer.from(body));
}

/** Keeps pictures as uploaded; those already here stay, unless they cannot be read. */
export function writeOriginals(db: Writer, pictures: readonly (Picture & { readonly sha256: Sha256 })[]): void {
  const insert = sql(db, 'INSERT INTO originals (sha256, type, body) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING');
  for (const { sha256, type, body } of pictures) {
    const { changes } = insert.run(sha256, type, body);
    if (changes > 0) continue;
    if (isBroken(db, 'originals', sha256)) mend(db, sha256, 'full', { type, body });
    // What can't be read back now never will be: the file as a whole is damaged, and this says so.
    readOriginal(db, sha256);
  }
}

/**
 * Removes pictures with their small renditions. A row that cannot be read can't be deleted either (see `isBroken`) and
 * stays.
 */
export function removeOriginals(db: Writer, hashes: readonly Sha256[]): void {
  const mended = sql(db, 'DELETE FROM mended WHERE sha256 = ?');
  for (const sha256 of hashes) {
    mended.run(sha256);
    for (const table of ['originals', 'smalls'] as const) {
      if (!isBroken(db, table, sha256)) sql(db, `DELETE FROM ${table} WHERE sha256 = ?`).run(sha256);
    }
  }
}

/** Hashes of what is in the file, after a hash in their order. */
export function originalsAfter(db: Reader, sha256: string, limit: number): Sha256[] {
  return sql<{ sha256: Sha256 }>(db, 'SELECT sha256 FROM originals WHERE sha256 > ? ORDER BY sha256 LIMIT ?')
    .all(sha256, limit)
    .map((row) => row.sha256);
}

// One statement for both places, what was mended first: of the other one it reads nothing then.
const READ_ORIGINAL = `SELECT type, body FROM mended WHERE sha256 = @sha256 AND rendition = 'full'
  UNION ALL SELECT type, body FROM originals WHERE sha256 = @sha256 LIMIT 1`;
const READ_SMALL = `SELECT type, body FROM mended WHERE sha256 = @sha256 AND rendition = 'small'
  UNION ALL SELECT 'image/jpeg', body FROM smalls WHERE sha256 = @sha256 LIMIT 1`;

/** A picture as uploaded. */
export function readOriginal(db: Reader, sha256: Sha256): Picture | null {
  return sql<Picture>(db, READ_ORIGINAL).get({ sha256 }) ?? null;
}

/** All pictures as uploaded, without their bytes; those that cannot be read are left out. */
export function listOriginals(db: Reader): { sha256: Sha256; bytes: number }[] {
  const size = sql<{ bytes: number }>(db, `SELECT length(body) AS bytes FROM (${READ_ORIGINAL})`);
  return sql<{ sha256: Sha256 }>(db, 'SELECT sha256 FROM originals')
    .all()
    .flatMap(({ sha256 }) => {
      try {
        const bytes = size.get({ sha256 })?.bytes;
        return bytes === undefined ? [] : [{ sha256, bytes }];
      } catch (error) {
        if (isDamage(error)) return [];
        throw error;
      }
    });
}

/** Keeps the small rendition (JPEG) of a picture. */
export function writeSmall(db: Writer, sha256: Sha256, body: Uint8Array): void {
  if (isBroken(db, 'smalls', sha256)) {
    mend(db, sha256, 'small', { type: 'image/jpeg', body });
    return;
  }
  sql(
    db,
    'INSERT INTO smalls (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET body = excluded.body',
  ).run(sha256, Buffer.from(body));
}

/** The small rendition of a picture; null when there is none (yet). */
export function readSmall(db: Reader, sha256: Sha256): Picture | null {
  return sql<Picture>(db, READ_SMALL).get({ sha256 }) ?? null;
}
