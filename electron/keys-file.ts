import { readFile, stat } from 'node:fs/promises';
import { type BrowserWindow, dialog } from 'electron';
import { Failure } from './failure.ts';

/** Longest file of keys that is read, bytes; a whole one has some thousand. */
const LONGEST = 64_000;

/**
 * The text of a file of keys that the user chooses in a dialog of the system; null when none was chosen.
 * @throws Failure `keys.file` when it can't be read or is far too long
 */
export async function openKeysFile(window: BrowserWindow | null): Promise<string | null> {
  if (!window) return null;
  const filters = [{ name: 'JSON', extensions: ['json'] }];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters });
  const [path] = filePaths;
  if (canceled || !path) return null;
  try {
    if ((await stat(path)).size > LONGEST) throw new Failure('keys.file');
    return await readFile(path, 'utf8');
  } catch {
    throw new Failure('keys.file');
  }
}
