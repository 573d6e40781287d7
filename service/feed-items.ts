import type { Submission } from '../shared/submission.ts';
import { submissionsAt } from './store/feed.ts';
import type { Scope } from './store/scope.ts';
import type { Store } from './store/tables.ts';

/** The submissions at places of the feed, in order; those that have moved on are left out. */
export type ReadItems = (db: Store, epoch: string, scope: Scope, seqs: readonly number[]) => Promise<Submission[]>;

/** Submissions that are kept: every reviewer of a place reads the same ones. */
const KEPT = 1_000;

/**
 * Reads what the process has not read before. Within an epoch a place in the feed names one state of one submission,
 * whichever process wrote it: every change takes the next place. Only what is committed is kept, so it is not asked
 * in a transaction. Whoever asks has found the places within their scope.
 */
export function itemsSeen(): ReadItems {
  const kept = new Map<number, Submission>();
  let of: { readonly db: Store; readonly epoch: string } | null = null;
  return async (db, epoch, scope, seqs) => {
    const isSame = () => of?.db === db && of.epoch === epoch;
    if (!isSame()) {
      kept.clear();
      of = { db, epoch };
    }
    const unknown = seqs.filter((seq) => !kept.has(seq));
    const known = new Map(seqs.map((seq) => [seq, kept.get(seq)]));
    const added = await submissionsAt(db, scope, unknown);
    const items: Submission[] = [];
    for (const seq of seqs) {
      const item = known.get(seq) ?? added.get(seq);
      if (!item) continue;
      items.push(item);
      // Another epoch may have begun while the question was under way.
      if (!isSame()) continue;
      kept.delete(seq);
      kept.set(seq, item);
    }
    // Those that were read longest ago go first.
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return items;
  };
}
