import { setImmediate as turn } from 'node:timers/promises';
import type { SubmissionId } from '../../shared/ids.ts';
import type { Level } from '../../shared/status.ts';
import { dropFinished, noteFinished, notePurged, purgeable, unnoted } from '../store/finished.ts';
import { originalsAfter } from '../store/originals.ts';
import type { PictureStores } from './fetch.ts';

const DAY = 24 * 3_600_000;
/** Pages given back to the disk at a time: 4 MB, about a millisecond. */
const STEP = 256;
/** Rows looked through at a time. */
const LOOKED = 500;
/** Later than every instant that this desk writes. */
const ANY_TIME = '9999';

/** By which rule pictures are purged. */
export type PurgeRule = {
  readonly level: Level | null;
  /** Days that the pictures of what is finished stay. */
  readonly days: number;
  /** Most bytes that pictures may take up. */
  readonly budget: number;
};

export type PurgeOptions = {
  readonly stores: PictureStores;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** On and near the screen; these stay. */
  readonly attended: () => readonly SubmissionId[];
  readonly onPurged: (submissions: readonly SubmissionId[]) => void;
};

/** Purges submissions one by one, those first that were finished first, until there are none or enough is done. */
async function purgeUntil(options: PurgeOptions, before: string, enough: () => boolean): Promise<number> {
  const { stores, signal, attended, onPurged } = options;
  let purged = 0;
  while (!signal.aborted && !enough()) {
    const kept = { before, attended: attended() };
    const [id] = purgeable(stores.review.read, { ...kept, limit: 1 });
    if (id === undefined) break;
    const hashes = stores.review.transact((db) => notePurged(db, id, kept));
    await stores.images.remove(hashes);
    purged += 1;
    onPurged([id]);
  }
  return purged;
}

async function giveBack({ images }: PictureStores, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await images.free(STEP)));
}

/**
 * Purges the pictures of what was finished longer ago than the rule allows, then the longest finished until the budget
 * holds. Never those of a submission under review here or with a decision that is unsent or parked. The file shrinks in
 * small steps; how many submissions were purged.
 * @throws Failure `store.write`, `store.damaged`
 */
export async function purge(options: PurgeOptions, { level, days, budget }: PurgeRule): Promise<number> {
  const { stores, now, signal } = options;
  stores.review.transact((db) => noteFinished(db, level, now().toISOString()));
  const before = new Date(now().getTime() - days * DAY).toISOString();
  const old = await purgeUntil(options, before, () => false);
  const over = await purgeUntil(options, ANY_TIME, () => stores.images.used() <= budget);
  if (old + over > 0) await giveBack(stores, signal);
  return old + over;
}

/** Purges all that is finished, with the personal data of it: for a district that wants no traces after work. */
export async function purgeFinished(options: PurgeOptions, level: Level | null): Promise<number> {
  const { stores, now, signal } = options;
  stores.review.transact((db) => noteFinished(db, level, now().toISOString()));
  const purged = await purgeUntil({ ...options, attended: () => [] }, ANY_TIME, () => false);
  stores.review.transact(dropFinished);
  await giveBack(stores, signal);
  return purged;
}

/**
 * Removes bytes that no note leads to: a purge was cut off between the two files. Must not run beside a fetch, whose
 * pictures are noted after they are kept.
 */
export async function sweep({ stores, signal }: Pick<PurgeOptions, 'stores' | 'signal'>): Promise<void> {
  for (let after = ''; !signal.aborted; ) {
    const hashes = originalsAfter(stores.images.read, after, LOOKED);
    const last = hashes.at(-1);
    if (last === undefined) return;
    const orphans = unnoted(stores.review.read, hashes);
    if (orphans.length > 0) await stores.images.remove(orphans);
    after = last;
    await turn();
  }
}
