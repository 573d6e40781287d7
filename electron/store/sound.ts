import { readFileSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from '../write-file.ts';
import { isDoubtful } from './doubt.ts';

/** Where it is noted that a database file was found sound and closed in order. */
const markOf = (path: string): string => `${path}.sound`;

const Mark = z.strictObject({ size: z.number().int(), changedAt: z.number().int() });

function lookOf(path: string): z.infer<typeof Mark> {
  const { size, mtimeMs } = statSync(path);
  return { size, changedAt: Math.trunc(mtimeMs) };
}

/** Something was committed that is not in the file yet. */
const hasLog = (path: string): boolean => (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;

/**
 * Notes of a closed file that all of it was read and found sound since it was last opened in doubt. Failing is no loss:
 * the next opening then reads all of it.
 */
export function vouchFor(path: string): void {
  try {
    if (isDoubtful(path) || hasLog(path)) return;
    replaceFile(markOf(path), `${JSON.stringify(lookOf(path))}\n`);
  } catch {
    // A full disk, for instance.
  }
}

/**
 * Whether a file is exactly as it was left, sound and closed in order. The note is taken away: it holds for one opening,
 * and a desk that ends in any other way leaves none.
 */
export function takeVouch(path: string): boolean {
  try {
    const mark = Mark.parse(JSON.parse(readFileSync(markOf(path), 'utf8')));
    rmSync(markOf(path));
    if (isDoubtful(path) || hasLog(path)) return false;
    const { size, changedAt } = lookOf(path);
    return size === mark.size && changedAt === mark.changedAt;
  } catch {
    return false;
  }
}
