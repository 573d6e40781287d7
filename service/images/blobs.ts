import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Sha256 } from '../../shared/ids.ts';

/** The bytes on disk are not those that the hash names. */
export class DamagedBlobError extends Error {
  override readonly name = 'DamagedBlobError';
}

/** Images on disk under their SHA-256. Bytes of a hash never change, so there is no way to replace one. */
export type Blobs = {
  /** Stores bytes for good and gives their hash; the same bytes twice are one file. */
  readonly put: (bytes: Uint8Array) => Promise<Sha256>;
  /** The bytes of a hash, verified. Throws `DamagedBlobError` when they don't match, ENOENT when there are none. */
  readonly read: (sha256: Sha256) => Promise<Buffer>;
};

/** Lower-case hex SHA-256. */
export function sha256Of(bytes: Uint8Array | string): Sha256 {
  return Sha256.parse(createHash('sha256').update(bytes).digest('hex'));
}

/** Makes a rename durable. Windows keeps no handle on folders and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A draft that another process is still writing is younger than this, ms. */
const WRITTEN_WITHIN = 60 * 60_000;

/** Clears away what was left behind so long ago that nobody is writing it any more. */
async function clearOld(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const file = path.join(incoming, name);
    const written = await stat(file).catch(() => null);
    if (written && Date.now() - written.mtimeMs > WRITTEN_WITHIN) await rm(file, { force: true });
  }
}

/**
 * Opens (or makes) the store of images in a folder. What an interrupted write left behind is cleared away; where the
 * folder is `shared` with other processes, once it is old.
 */
export async function openBlobs(folder: string, { shared = false }: { shared?: boolean } = {}): Promise<Blobs> {
  const incoming = path.join(folder, 'incoming');
  if (!shared) await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  if (shared) await clearOld(incoming);
  const place = (sha256: Sha256) => path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  return {
    async put(bytes) {
      const sha256 = sha256Of(bytes);
      const target = place(sha256);
      if ((await sizeOf(target)) === bytes.length) return sha256;
      const draft = path.join(incoming, randomUUID());
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      const own = path.dirname(target);
      await mkdir(own, { recursive: true });
      await rename(draft, target);
      // A new folder is an entry of the one above, which a power cut must not take either, whoever has made it.
      await Promise.all([own, path.dirname(own), folder].map(syncFolder));
      return sha256;
    },
    async read(sha256) {
      const bytes = await readFile(place(sha256));
      if (sha256Of(bytes) !== sha256) throw new DamagedBlobError(`image ${sha256} is damaged on disk`);
      return bytes;
    },
  };
}
