import type { SubmissionId } from '../../shared/ids.ts';
import type { FeedPage } from '../../shared/wire.ts';
import { Failure } from '../failure.ts';
import { moveCursor, noteSync, readCursor } from '../store/cursor.ts';
import type { Store } from '../store/database.ts';
import { dropOtherEpochs, takeSubmission, type View } from '../store/submissions.ts';
import type { Service } from './service.ts';

/** Submissions a page, at first and within these bounds. */
export const FIRST_PAGE = 10;
const SMALLEST_PAGE = 2;
const LARGEST_PAGE = 50;
/** Longest that taking in a page should hold up the reviewer, ms: less than a frame. */
const AIM = 12;

/**
 * How many submissions to ask for next, after a page of `limit` has taken `took` ms: as many as a frame allows, because
 * nothing else is done meanwhile; few more at a time, as the next ones may be larger.
 */
export function nextLimit(limit: number, took: number): number {
  const fitting = Math.floor((limit * AIM) / Math.max(took, 0.1));
  return Math.max(SMALLEST_PAGE, Math.min(LARGEST_PAGE, fitting, limit * 2));
}

export type PullOptions = {
  readonly service: Service;
  readonly store: Store;
  readonly view: View;
  readonly now: () => Date;
  readonly limit: number;
  readonly signal?: AbortSignal;
};

/** What a page brought. */
export type Pulled = {
  readonly submissions: readonly SubmissionId[];
  readonly remaining: FeedPage['remaining'];
  /** The feed was read to its end. */
  readonly ended: boolean;
  /** How long nothing else could be done, ms. */
  readonly took: number;
};

async function nextPage({ service, store, limit, signal }: PullOptions): Promise<FeedPage> {
  const { epoch, seq } = readCursor(store.read);
  try {
    const page = await service.feed({ epoch, after: seq, limit }, signal);
    if (epoch === null || page.epoch === epoch) return page;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'feed.epoch') throw error;
  }
  // The service was restored: its numbers mean something else now. What is here stays until the new feed has replaced it;
  // what it lost of the decisions shows when the device is enrolled again.
  service.doubt();
  return service.feed({ epoch: null, after: 0, limit }, signal);
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
  const began = performance.now();
  const dropped = store.transact((db) => {
    for (const submission of page.items) takeSubmission(db, submission, page.epoch, view);
    moveCursor(db, { epoch: page.epoch, seq: page.cursor });
    if (!ended) return [];
    noteSync(db, now().toISOString());
    return dropOtherEpochs(db, page.epoch);
  });
  return {
    submissions: [...page.items.map(({ id }) => id), ...dropped],
    remaining: page.remaining,
    ended,
    took: performance.now() - began,
  };
}
