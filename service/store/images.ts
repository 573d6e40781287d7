import type { Sha256 } from '../../shared/ids.ts';
import type { Submission } from '../../shared/submission.ts';
import { inScope, type Scope } from './scope.ts';
import { rowOfPlaces, statement } from './statement.ts';
import type { Store } from './tables.ts';
import type { Change } from './together.ts';

/** Type of an image's bytes, by content. What is neither JPEG nor PNG is served as mere bytes. */
export type Mime = 'image/jpeg' | 'image/png' | 'application/octet-stream';

/** An image that the service holds. */
export type HeldImage = { readonly sha256: Sha256; readonly bytes: number; readonly mime: Mime };

const register = statement<HeldImage, unknown>((db, value) =>
  db
    .insertInto('images')
    .values(rowOfPlaces<HeldImage>(['sha256', 'bytes', 'mime'], value))
    .onConflict((conflict) => conflict.doNothing())
    .compile(),
);

/** An image whose bytes are on disk, to be registered. Twice is once. */
export function imageRegistered(image: HeldImage): Change {
  return { statement: register(image) };
}

type Use = { readonly submission_id: string; readonly slot: string; readonly sha256: string };

const leave = statement<Use, unknown>((db, value) =>
  db
    .updateTable('submission_images')
    .set({ current: 0 })
    .where('submission_id', '=', value('submission_id'))
    .where('slot', '=', value('slot'))
    .where('sha256', '=', value('sha256'))
    .compile(),
);
const use = statement<Use, unknown>((db, value) =>
  db
    .insertInto('submission_images')
    .values({ ...rowOfPlaces<Use>(['submission_id', 'slot', 'sha256'], value), current: 1 })
    .onConflict((conflict) => conflict.columns(['submission_id', 'slot', 'sha256']).doUpdateSet({ current: 1 }))
    .compile(),
);

/**
 * What is to be noted of which images a submission uses, where they are others than `before`; what it used then stays
 * noted, as not current.
 */
export function imagesNoted(before: Submission | null, { id, images }: Submission): Change[] {
  const used = (some: Submission['images'], others: Submission['images']): Use[] =>
    some
      .filter(({ slot, sha256 }) => !others.some((other) => other.slot === slot && other.sha256 === sha256))
      .map(({ slot, sha256 }) => ({ submission_id: id, slot, sha256 }));
  const earlier = before?.images ?? [];
  return [
    ...used(earlier, images).map((one) => ({ statement: leave(one) })),
    ...used(images, earlier).map((one) => ({ statement: use(one) })),
  ];
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
