import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** Size of a page of `review.db`, bytes; at its end stand the initialisation vector and the MAC. */
export const PAGE_BYTES = 4096;
const MAC_BYTES = 64;
const RESERVED_BYTES = 16 + MAC_BYTES;
/** What of a page is content. */
export const USABLE_BYTES = PAGE_BYTES - RESERVED_BYTES;
const SALT_BYTES = 16;
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** A decrypted page; `genuine` when its MAC holds, so that every bit is as it was written. */
export type Page = { readonly body: Buffer; readonly genuine: boolean };

/** The pages of a database file with its write-ahead log, read without SQLite. */
export type Pages = {
  /** Numbers of all pages, from 2: the first holds the schema alone. */
  readonly numbers: () => Iterable<number>;
  /** A page, the committed one of the log before the file's; null when there is none of that number. */
  readonly read: (number: number) => Page | null;
  readonly close: () => void;
};

/** The newest committed frame of each page in a write-ahead log (SQLite file format §4). */
function committedFrames(file: number): Map<number, number> {
  const frames = new Map<number, number>();
  const header = Buffer.alloc(WAL_HEADER_BYTES);
  if (readSync(file, header, 0, WAL_HEADER_BYTES, 0) < WAL_HEADER_BYTES) return frames;
  const open = new Map<number, number>();
  const frame = Buffer.alloc(FRAME_HEADER_BYTES);
  for (let at = WAL_HEADER_BYTES; ; at += FRAME_HEADER_BYTES + PAGE_BYTES) {
    if (readSync(file, frame, 0, FRAME_HEADER_BYTES, at) < FRAME_HEADER_BYTES) return frames;
    // Frames of an earlier round of the log carry other salts.
    if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) return frames;
    open.set(frame.readUInt32BE(0), at + FRAME_HEADER_BYTES);
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [number, offset] of open) frames.set(number, offset);
    open.clear();
  }
}

/**
 * Opens a damaged file for reading page by page. Format: SQLCipher 4 with a raw key (AES-256-CBC, HMAC-SHA512 over
 * ciphertext, vector and page number). The key of the MACs depends on the salt at the head of the file; where that is
 * destroyed the pages can still be decrypted, and none is genuine.
 */
export function openPages(path: string, key: Uint8Array): Pages {
  const file = openSync(path, 'r');
  const log = existsSync(`${path}-wal`) ? openSync(`${path}-wal`, 'r') : null;
  const salt = Buffer.alloc(SALT_BYTES);
  readSync(file, salt, 0, SALT_BYTES, 0);
  const macKey = pbkdf2Sync(
    key,
    salt.map((byte) => byte ^ 0x3a),
    2,
    32,
    'sha512',
  );
  const frames = log === null ? new Map<number, number>() : committedFrames(log);
  const count = Math.floor(fstatSync(file).size / PAGE_BYTES);

  const decrypt = (raw: Buffer, number: number): Page => {
    const place = Buffer.alloc(4);
    place.writeUInt32LE(number);
    const mac = createHmac('sha512', macKey)
      .update(raw.subarray(0, PAGE_BYTES - MAC_BYTES))
      .update(place)
      .digest();
    const decipher = createDecipheriv('aes-256-cbc', key, raw.subarray(USABLE_BYTES, USABLE_BYTES + 16));
    decipher.setAutoPadding(false);
    return {
      body: Buffer.concat([decipher.update(raw.subarray(0, USABLE_BYTES)), decipher.final()]),
      genuine: timingSafeEqual(mac, raw.subarray(PAGE_BYTES - MAC_BYTES)),
    };
  };
  const at = (from: number, offset: number): Buffer | null => {
    const raw = Buffer.alloc(PAGE_BYTES);
    try {
      return readSync(from, raw, 0, PAGE_BYTES, offset) === PAGE_BYTES ? raw : null;
    } catch {
      // A bad sector: this page is lost, the others are not.
      return null;
    }
  };
  return {
    numbers: function* () {
      for (let number = 2; number <= count; number += 1) yield number;
      for (const number of frames.keys()) if (number > count) yield number;
    },
    read: (number) => {
      if (number < 2) return null;
      const offset = frames.get(number);
      const raw =
        log !== null && offset !== undefined
          ? at(log, offset)
          : number <= count
            ? at(file, (number - 1) * PAGE_BYTES)
            : null;
      return raw && decrypt(raw, number);
    },
    close: () => {
      closeSync(file);
      if (log !== null) closeSync(log);
    },
  };
}
