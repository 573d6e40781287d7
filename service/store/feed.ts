import type { Submission } from '../../shared/submission.ts';
import { inScope, type Scope } from './scope.ts';
import { readSubmission } from './submissions.ts';
import type { Store } from './tables.ts';

/** Where the feed stands: its epoch and the last number given out. */
export async function feedHead(db: Store): Promise<{ epoch: string; lastSeq: number }> {
  const row = await db.selectFrom('feed').select(['epoch', 'last_seq']).executeTakeFirstOrThrow();
  return { epoch: row.epoch, lastSeq: row.last_seq };
}

/** The next place in the feed; to be taken in the transaction that makes the change. */
export async function takePlace(db: Store): Promise<{ epoch: string; seq: number }> {
  const row = await db
    .updateTable('feed')
    .set((eb) => ({ last_seq: eb('last_seq', '+', 1) }))
    .returning(['epoch', 'last_seq'])
    .executeTakeFirstOrThrow();
  return { epoch: row.epoch, seq: row.last_seq };
}

/** The number of the next place in the feed. */
export async function takeSeq(db: Store): Promise<number> {
  return (await takePlace(db)).seq;
}

/** Starts a new epoch: after a restore every workstation must notice that what it knows may be ahead. */
export async function startEpoch(db: Store, epoch: string): Promise<void> {
  await db.updateTable('feed').set({ epoch }).execute();
}

/** Submissions in scope that changed after `after`, each once, at its last change. */
export async function changesAfter(db: Store, scope: Scope, after: number, limit: number): Promise<Submission[]> {
  const rows = await db
    .selectFrom('submissions')
    .select('document')
    .where((eb) => inScope(eb, scope))
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(({ document }) => readSubmission(document));
}

/** How much is in scope after a position: submissions, and the pictures they name (earlier ones too) with their bytes. */
export async function remainingAfter(
  db: Store,
  scope: Scope,
  after: number,
): Promise<{ submissions: number; images: number; bytes: number }> {
  const row = await db
    .selectFrom('submissions')
    .select(({ fn }) => [
      fn.countAll<number>().as('submissions'),
      fn.sum<number | null>('image_count').as('images'),
      fn.sum<number | null>('image_bytes').as('bytes'),
    ])
    .where((eb) => inScope(eb, scope))
    .where('seq', '>', after)
    .executeTakeFirstOrThrow();
  return { submissions: row.submissions, images: row.images ?? 0, bytes: row.bytes ?? 0 };
}
