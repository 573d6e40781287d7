import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { closeStores } from '../../electron/account/profile.ts';
import { readOriginal, readSmall } from '../../electron/store/originals.ts';
import { sha } from '../factories/submission.ts';
import { newStores } from './filled-store.ts';
import { withFolder } from './folder.ts';
import { compare, interleave, type Line, timed } from './measure.ts';

const PICTURES = 400;
/** Each is read so often; the first time, in which caches fill, is not counted. */
const TIMES = 6;
/** Bytes of a photograph as uploaded and of its small rendition, as in the generated sample. */
const FULL = 148_000;
const SMALL = 24_000;

/** The same bytes in SQLite without a cipher, in pages as large: what the file format itself takes. */
function openPlain(path: string) {
  const db = new Database(path);
  db.pragma('page_size = 16384');
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE pictures (name TEXT PRIMARY KEY, body BLOB NOT NULL)');
  const keep = db.prepare('INSERT INTO pictures (name, body) VALUES (?, ?)');
  const read = db.prepare('SELECT body FROM pictures WHERE name = ?');
  return {
    keep: (name: string, body: Uint8Array) => keep.run(name, body),
    read: (name: string) => read.get(name),
    close: () => db.close(),
  };
}

/** `read.full` and `read.small`: a picture from the encrypted store, against the same bytes in a plain file; all warm. */
export async function read(): Promise<Line[]> {
  return withFolder(async (folder) => {
    const stores = await newStores(folder);
    const plain = openPlain(join(folder, 'plain.db'));
    try {
      const { images } = stores;
      const hashes = Array.from({ length: PICTURES }, (_, index) => sha(index + 1));
      const fileOf = (index: number, rendition: string) => join(folder, `${rendition}-${index}`);
      for (const [index, sha256] of hashes.entries()) {
        const full = randomBytes(FULL);
        const small = randomBytes(SMALL);
        await images.keep([{ sha256, type: 'image/jpeg', body: full }]);
        await images.keepSmall(sha256, small);
        writeFileSync(fileOf(index, 'full'), full);
        writeFileSync(fileOf(index, 'small'), small);
        plain.keep(`full-${index}`, full);
        plain.keep(`small-${index}`, small);
      }
      const lines: Line[] = [];
      for (const rendition of ['full', 'small'] as const) {
        const readOne = rendition === 'full' ? readOriginal : readSmall;
        const values = await interleave(PICTURES * TIMES, {
          ours: (round) => {
            const sha256 = hashes[round % PICTURES];
            return timed(() => sha256 && readOne(images.read, sha256));
          },
          plain: (round) => timed(() => plain.read(`${rendition}-${round % PICTURES}`)),
          file: (round) => timed(() => readFileSync(fileOf(round % PICTURES, rendition))),
        });
        const warm = (all: readonly number[]) => all.slice(PICTURES);
        lines.push(
          compare(`read.${rendition}`, 'ms', warm(values.ours), { file: warm(values.file), plain: warm(values.plain) }),
        );
      }
      return lines;
    } finally {
      plain.close();
      await closeStores(stores);
    }
  });
}
