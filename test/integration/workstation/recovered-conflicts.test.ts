import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { type DecideOptions, HOLDS, undo } from '../../../electron/decide.ts';
import { resolve } from '../../../electron/resolve.ts';
import { firstBreak } from '../../../electron/store/audit.ts';
import { type Reader, Store, type StoreFile } from '../../../electron/store/database.ts';
import { listDecisions, listParked } from '../../../electron/store/outbox.ts';
import { PAGE_BYTES } from '../../../electron/store/pages.ts';
import { openReview } from '../../../electron/store/review-file.ts';
import { readSubmission } from '../../../electron/store/submissions.ts';
import { DecisionId } from '../../../shared/ids.ts';
import { backUp, reviewFile, work } from '../../factories/review-file.ts';
import { NOW, policy } from '../../factories/submission.ts';
import { account } from '../../factories/wire.ts';
import { flipBit } from '../../helpers/damage.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const now = () => new Date(NOW);
const optionsOf = (store: Store): DecideOptions => ({
  store,
  account: account(),
  policy: policy(),
  holds: HOLDS,
  now,
  newId: () => DecisionId.parse(uuidv7()),
});

/** Each decision's state, and what was done about it when it was not taken. */
const told = (read: Reader) =>
  new Map(listDecisions(read, { limit: 1000 }).map((one) => [one.decision.id, [one.state, one.resolution?.choice]]));

/** Pages of tables, from 1. */
function pagesOf(file: StoreFile, tables: readonly string[]): number[] {
  const store = Store.open(file);
  const text = 'SELECT DISTINCT pageno FROM dbstat WHERE name IN (SELECT value FROM json_each(?)) ORDER BY pageno';
  const pages = store.read.prepare<[string], number>(text).pluck().all(JSON.stringify(tables));
  store.close();
  return pages;
}

/** Opens a file as the desk does, reads it with `read`, closes it. */
function opened<T>(file: StoreFile, read: (store: Store) => T) {
  const { store, recovery } = openReview(file, () => false, now);
  try {
    return { recovery, found: read(store) };
  } finally {
    store.close();
  }
}

/**
 * A closed file with four decisions that were not taken: one kept, one dropped, one dropped and parked again by undo, one
 * not dealt with. `backedUp`: the backup was made when the undone one was still dropped.
 */
function dealtWith(folder: string, backedUp: boolean) {
  const file = reviewFile(folder);
  const store = Store.open(file);
  work(store, 16);
  const parked = listParked(store.read);
  const [keep, drop, again, left] = parked;
  if (!keep || !drop || !again || !left) throw new Error('too few are parked');
  const { revision, images } = readSubmission(store.read, keep.submissionId)?.effective ?? { revision: 0, images: [] };
  const [image] = images;
  if (!image) throw new Error('no picture');
  const options = optionsOf(store);
  const act = { kind: 'image.lock', slot: image.slot, sha256: image.sha256 } as const;
  resolve(options, { id: keep.id, choice: 'kept', revision, act });
  resolve(options, { id: drop.id, choice: 'dropped' });
  resolve(options, { id: again.id, choice: 'dropped' });
  store.close();
  if (backedUp) backUp(file, '20260310T020000000Z');
  const later = Store.open(file);
  expect(undo(optionsOf(later), null)).toMatchObject({ withdrawn: null, reopened: { id: again.id } });
  const before = told(later.read);
  later.close();
  return { file, before, again, left };
}

test.each([false, true])(
  'whatever page is damaged, no conflict goes out of sight (with a backup: %s)',
  async (has) => {
    const folder = await temporaryFolder();
    const { file, before, again, left } = dealtWith(join(folder, 'sound'), has);
    expect(before.get(again.id)).toEqual(['refused', undefined]);
    const pages = pagesOf(file, ['decisions', 'outbox', 'resolutions', 'audit']);
    expect(pages.length).toBeGreaterThan(6);
    let recovered = 0;
    for (const page of pages) {
      const damaged = { ...file, path: join(folder, `page-${page}`, 'review.db') };
      mkdirSync(dirname(damaged.path), { recursive: true });
      copyFileSync(file.path, damaged.path);
      flipBit(damaged.path, (page - 1) * PAGE_BYTES + 1000);
      const { recovery, found } = opened(damaged, ({ read }) => ({ told: told(read), whole: firstBreak(read) }));
      if (recovery) recovered += 1;
      for (const id of [again.id, left.id]) expect([page, found.told.get(id)?.[0]]).toEqual([page, 'refused']);
      for (const [id, [state]] of before) {
        const after = found.told.get(id)?.[0];
        // What was dealt with is so, or in sight again; it is never sent.
        if (state === 'dismissed') expect(['dismissed', 'refused', 'conflict']).toContain(after);
      }
      expect(found.whole).toBeNull();
    }
    expect(recovered).toBe(pages.length);
  },
  60_000,
);

test('after a recovery from the log alone, it is still told how each conflict was dealt with', async () => {
  const folder = await temporaryFolder();
  const { file, before } = dealtWith(folder, false);
  for (const page of pagesOf(file, ['resolutions'])) flipBit(file.path, (page - 1) * PAGE_BYTES + 1000);
  const { recovery, found } = opened(file, ({ read }) => told(read));
  expect(recovery).not.toBeNull();
  expect(found).toEqual(before);
});
