import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { moveFile } from '../write-file.ts';
import { stampOf } from './backups.ts';
import { doubtMark } from './doubt.ts';

/**
 * Puts a damaged database file aside with its write-ahead log: renamed with the date, never deleted, never overwritten.
 * It stays encrypted as it is.
 */
export function quarantine(path: string, at: Date): void {
  const folder = join(dirname(path), 'quarantine');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let aside = join(folder, `${stampOf(at)}-${basename(path)}`);
  for (let again = 2; existsSync(aside) || existsSync(`${aside}-wal`); again += 1) {
    aside = join(folder, `${stampOf(at)}-${again}-${basename(path)}`);
  }
  // The log last: as long as the file itself is in its place, the log belongs beside it.
  if (existsSync(path)) moveFile(path, aside);
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) moveFile(`${path}-wal`, `${aside}-wal`);
  // Empty, or made anew at every opening and without content of its own.
  rmSync(`${path}-wal`, { force: true });
  rmSync(`${path}-shm`, { force: true });
  rmSync(doubtMark(path), { force: true });
}
