import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

function sync(file: string): void {
  const opened = openSync(file, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Renames a file for good: the new name is on the disk when this returns. */
export function moveForGood(from: string, to: string): void {
  renameSync(from, to);
  // Windows keeps names in its own journal and opens no folders.
  if (process.platform !== 'win32') sync(path.dirname(to));
}

/** Writes a small file for its owner alone, whole or not at all. */
export function writeForGood(file: string, text: string): void {
  const draft = `${file}.next`;
  const written = openSync(draft, 'w', 0o600);
  try {
    writeSync(written, text);
    fsyncSync(written);
  } finally {
    closeSync(written);
  }
  moveForGood(draft, file);
}

/** The text of a file; null when there is none. */
export function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
