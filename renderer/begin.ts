import type { QueryClient } from '@tanstack/react-query';
import type { SignedIn } from '../shared/ipc.ts';
import { call } from './api.ts';
import { useDesk } from './desk.ts';
import { keys } from './query.ts';
import { queueCounts, queueRows } from './queue/read.ts';

/** What belongs to nobody who signs in: it stays when somebody else does. */
const COMMON: ReadonlySet<unknown> = new Set(
  [keys.settings, keys.info, keys.session, keys.status].map(([first]) => first),
);

/** Of several at a time the last one counts. */
let latest = 0;

/**
 * Asks who is at work, and reads what the first page shows before it appears: so it is drawn once, whole. What was read
 * for somebody else is forgotten.
 */
export async function begin(client: QueryClient): Promise<void> {
  latest += 1;
  const own = latest;
  const signedIn = await call('session', undefined);
  const before = client.getQueryData<SignedIn | null>(keys.session) ?? null;
  const forget = () => client.removeQueries({ predicate: ({ queryKey }) => !COMMON.has(queryKey[0]) });
  if (signedIn && before?.account.id !== signedIn.account.id) {
    if (before) forget();
    const [status, memory] = await Promise.all([
      call('status', undefined),
      client.fetchQuery({ queryKey: keys.memory, queryFn: () => call('memory', undefined) }),
      client.prefetchQuery(queueCounts()),
      // Most come back to the queue that everybody begins with.
      client.prefetchInfiniteQuery(queueRows(useDesk.getState().query)),
    ]);
    client.setQueryData(keys.status, status);
    // As `resume` will: the rows that are read are those that are drawn first.
    if (memory.place) {
      useDesk.setState({ query: memory.place.query, selected: memory.place.selected });
      await client.prefetchInfiniteQuery(queueRows(memory.place.query));
    }
  }
  if (own !== latest) return;
  client.setQueryData(keys.session, signedIn);
  if (!signedIn && before) forget();
}
