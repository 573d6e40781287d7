import type { SubmissionId } from '../../shared/ids.ts';
import type { FeedPage } from '../../shared/wire.ts';
import { Failure } from '../failure.ts';
import { moveCursor, noteSync, readCursor } from '../store/cursor.ts';
import type { Store } from '../store/database.ts';
import { dropOtherEpochs, takeSubmission, type View } from '../store/submissions.ts';
import type { Service } from './client.ts';

/** Submissions a page: small enough that taking one in doesn't hold up the reviewer. */
const PAGE = 50;

export type PullOptions = {
  readonly service: Service;
  readonly store: Store;
  readonly view: View;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
};

/** What a page brought. */
export type Pulled = {
  readonly submissions: readonly SubmissionId[];
  readonly remaining: FeedPage['remaining'];
  /** The feed was read to its end. */
  readonly ended: boolean;
};

async function nextPage({ service, store, signal }: PullOptions): Promise<FeedPage> {
  const { epoch, seq } = readCursor(store.read);
  try {
    const page = await service.feed({ epoch, after: seq, limit: PAGE }, signal);
    if (epoch === null || page.epoch === epoch) return page;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'feed.epoch') throw error;
  }
  // The service was restored: its numbers mean something else now. What is here stays until the new feed has replaced it;
  // what it lost of the decisions shows when the device is enrolled again.
  service.doubt();
  return service.feed({ epoch: null, after: 0, limit: PAGE }, signal);
}

/**
 * Takes in the next page of the feed: its submissions and the cursor in one transaction, so that the cursor is never
 * ahead of the data. Decisions of this computer stay on top of what comes, and the outbox is not touched.
 * @throws ServiceFailure, Failure `store.write`
 */
export async function pullPage(options: PullOptions): Promise<Pulled> {
  const { store, view, now } = options;
  const page = await nextPage(options);
  const ended = page.remaining.submissions === 0;
  const dropped = store.transact((db) => {
    for (const submission of page.items) takeSubmission(db, submission, page.epoch, view);
    moveCursor(db, { epoch: page.epoch, seq: page.cursor });
    if (!ended) return [];
    noteSync(db, now().toISOString());
    return dropOtherEpochs(db, page.epoch);
  });
  return { submissions: [...page.items.map(({ id }) => id), ...dropped], remaining: page.remaining, ended };
}
