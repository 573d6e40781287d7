import { type SignedTreeHead, TreeHead, treeHeadForm } from '../shared/log.ts';
import type { Signer } from './signature.ts';
import { feedHead } from './store/feed.ts';
import type { Store } from './store/tables.ts';
import { rootAt, treeSize } from './store/tree.ts';

/** How far the log has grown, signed. */
export async function signedHead(db: Store, { sign }: Signer, now: string): Promise<SignedTreeHead> {
  const size = await treeSize(db);
  const { epoch } = await feedHead(db);
  const head = TreeHead.parse({ size, root: await rootAt(db, size), epoch, at: now });
  return { head, signature: sign(treeHeadForm(head)) };
}
