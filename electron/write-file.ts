import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces a small file in one step: after a crash it is the old one or the new one, never half of it. */
export function replaceFile(path: string, text: string): void {
  const next = `${path}.next`;
  const file = openSync(next, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  moveFile(next, path);
}

/** Renames a file for good: the new name is on the disk when this returns. What stood there is replaced. */
export function moveFile(from: string, to: string): void {
  renameSync(from, to);
  // Windows keeps names in its own journal and opens no folders.
  if (process.platform !== 'win32') syncFile(dirname(to));
}

/** Waits until everything of a file, or the names in a folder, is on the disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
