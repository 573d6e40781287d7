import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { QueueQuery } from '../../shared/ipc.ts';
import { call } from '../api.ts';
import { keys } from '../query.ts';

const PAGE = 200;
/** Fewer at first: a few screens full are read and checked sooner. */
const FIRST_PAGE = 60;

/** The queue page by page, in the order of the query. */
export const queueRows = (query: QueueQuery) =>
  infiniteQueryOptions({
    queryKey: keys.queue(query),
    queryFn: ({ pageParam }) =>
      call('queuePage', { ...query, after: pageParam, limit: pageParam === null ? FIRST_PAGE : PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.cursor,
  });

/** How many there are by state. */
export const queueCounts = () => queryOptions({ queryKey: keys.counts, queryFn: () => call('queueCounts', undefined) });
