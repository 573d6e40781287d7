import type { Sha256 } from '../../shared/ids.ts';
import type { Submission } from '../../shared/submission.ts';
import { inScope, type Scope } from './scope.ts';
import type { Store } from './tables.ts';

/** Type of an image's bytes, by content. What is neither JPEG nor PNG is served as mere bytes. */
export type Mime = 'image/jpeg' | 'image/png' | 'application/octet-stream';

/** An image that the service holds. */
export type HeldImage = { readonly sha256: Sha256; readonly bytes: number; readonly mime: Mime };

/** Registers an image whose bytes are on disk. Twice is once. */
export async function registerImage(db: Store, image: HeldImage): Promise<void> {
  await db
    .insertInto('images')
    .values({ ...image })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Notes which images a submission uses now; what it used before stays noted, as not current. */
export async function noteImages(db: Store, submission: Submission): Promise<void> {
  await db
    .updateTable('submission_images')
    .set({ current: 0 })
    .where('submission_id', '=', submission.id)
    .where('current', '=', 1)
    .execute();
  if (submission.images.length === 0) return;
  await db
    .insertInto('submission_images')
    .values(submission.images.map(({ slot, sha256 }) => ({ submission_id: submission.id, slot, sha256, current: 1 })))
    .onConflict((conflict) => conflict.columns(['submission_id', 'slot', 'sha256']).doUpdateSet({ current: 1 }))
    .execute();
}

/** An image, if a submission in scope uses it or used it before; `null` tells nothing of other submissions. */
export async function findImage(db: Store, scope: Scope, sha256: Sha256): Promise<HeldImage | null> {
  const row = await db
    .selectFrom('images')
    .select(['images.bytes', 'images.mime'])
    .where('images.sha256', '=', sha256)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('submission_images')
          .innerJoin('submissions', 'submissions.id', 'submission_images.submission_id')
          .select('submissions.id')
          .where('submission_images.sha256', '=', sha256)
          .where((eb) => inScope(eb, scope)),
      ),
    )
    .executeTakeFirst();
  return row ? { sha256, bytes: row.bytes, mime: mimeOf(row.mime) } : null;
}

function mimeOf(stored: string): Mime {
  return stored === 'image/jpeg' || stored === 'image/png' ? stored : 'application/octet-stream';
}
