import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Recovery } from '../../shared/ipc.ts';
import { Failure } from '../failure.ts';
import { moveFile, syncFile } from '../write-file.ts';
import { listBackups } from './backups.ts';
import { Store, type StoreFile } from './database.ts';
import { examine } from './integrity.ts';
import { quarantine } from './quarantine.ts';
import { recoverInto } from './recover.ts';
import { NOTHING, type Salvage, salvage } from './salvage.ts';
import { takeVouch } from './sound.ts';

/** Where the backups of a database file lie. */
export function backupFolder(path: string): string {
  return join(dirname(path), 'backups');
}

/** The opened `review.db`. */
export type OpenedReview = {
  readonly store: Store;
  /** What was recovered at this opening; null when the file was sound. */
  readonly recovery: Recovery | null;
  /** Every page of it was read and found sound: `whole` at this opening, `vouched` before, and it is as it was left. */
  readonly checked: 'whole' | 'vouched' | 'parts';
};

function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}

/** Copies the newest backup that is sound to `target`, and says when it was made; null when there is none. */
function takeBackup(file: StoreFile, target: string): string | null {
  for (const { path, at } of listBackups(backupFolder(file.path))) {
    if (examine({ ...file, path }) === 'damaged') continue;
    copyFileSync(path, target);
    return at;
  }
  return null;
}

/**
 * Builds the file that takes the place of a damaged one, completely, before that one is touched.
 * @throws Failure `store.foreign` when nothing shows that the damaged file was written under this key
 */
function rebuild(file: StoreFile, keyIsRight: boolean, now: Date): Recovery {
  const building = `${file.path}.building`;
  remove(building);
  const found: Salvage = existsSync(file.path) ? salvage(file.path, file.key) : NOTHING;
  const backup = takeBackup(file, building);
  // A wrong key looks like a file that is destroyed throughout: only with proof of the key is it taken for one.
  if (!found.ours && backup === null && !keyIsRight) throw new Failure('store.foreign');
  const store = Store.open({ ...file, path: building, shared: false });
  let recovery: Recovery;
  try {
    recovery = recoverInto(store, found, backup, now.toISOString());
  } finally {
    store.close();
  }
  if (examine({ ...file, path: building }) === 'damaged') throw new Failure('store.write', 'recovery');
  syncFile(building);
  moveFile(building, `${file.path}.recovered`);
  return recovery;
}

/**
 * Opens `review.db` after checking it. A damaged one is set aside, never deleted; in its place comes one with everything
 * that the newest backup holds and that can still be read from the damaged one. Interrupted at any point, the next
 * opening does it again or completes it.
 * @param keyIsRight another file of this profile opens under the key
 * @throws Failure `store.newer`, `store.foreign`, `store.write`
 */
export function openReview(file: StoreFile, keyIsRight: () => boolean, now: () => Date): OpenedReview {
  const { path } = file;
  const recovered = `${path}.recovered`;
  const exists = existsSync(path);
  // The damaged file was set aside, its successor did not get its name any more.
  if (!exists && existsSync(recovered)) {
    // Its log may have been left behind, and belongs to nothing else.
    quarantine(path, now());
    moveFile(recovered, path);
  }
  remove(recovered);
  const vouched = takeVouch(path);
  const finding = existsSync(path) ? examine(file, vouched) : 'empty';
  // An empty profile is new; in one that holds something else the file was lost.
  const lost = finding === 'empty' && (listBackups(backupFolder(path)).length > 0 || keyIsRight());
  if (finding !== 'damaged' && !lost) {
    const checked = finding !== 'parts' ? 'whole' : vouched ? 'vouched' : 'parts';
    return { store: Store.open(file), recovery: null, checked };
  }
  const recovery = rebuild(file, keyIsRight(), now());
  quarantine(path, now());
  moveFile(recovered, path);
  return { store: Store.open(file), recovery, checked: 'whole' };
}
