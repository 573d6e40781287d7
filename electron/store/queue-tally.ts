import type { QUEUE_FILTERS } from '../../shared/ipc.ts';
import { type Level, passedStates } from '../../shared/status.ts';
import { type Reader, sql } from './database.ts';

export type Filter = (typeof QUEUE_FILTERS)[number];

type Tally = {
  facets: string;
  open: number | null;
  status: string | null;
  begun: number;
  again: number;
  others: number;
  n: number;
};

/** Which rows of the tally belong to a filter. The conditions over the rows themselves are in `queue-filters.ts`. */
const BELONGS: Readonly<Record<Filter, (tally: Tally, level: Level | null) => boolean>> = {
  all: ({ status }) => status !== null,
  open: ({ open }) => open === 1,
  untouched: ({ open, begun }) => open === 1 && begun === 0,
  begun: ({ open, begun }) => open === 1 && begun === 1,
  resubmitted: ({ open, again }) => open === 1 && again === 1,
  returned: ({ status }) => status === 'returned',
  // What a level has passed on is `passed` for it, though the next level still reviews it.
  passed: ({ status }, level) => passedStates(level).some((passed) => passed === status),
  refused: ({ status }) => status === 'refused',
  parked: ({ facets }) => facets === 'parked',
  incomplete: ({ facets }) => facets === 'incomplete',
  others: ({ open, others }) => open === 1 && others === 1,
  aside: ({ facets }) => facets === 'aside',
};

/** How many submissions each filter matches: read from a tally that triggers keep, whatever the number of submissions. */
export function queueCounts(db: Reader, level: Level | null): Record<Filter, number> {
  const tallies = sql<Tally>(
    db,
    'SELECT facets, open, status, begun, again, others, n FROM queue_tally WHERE n > 0',
  ).all();
  const count = (filter: Filter) =>
    tallies.reduce((sum, tally) => sum + (BELONGS[filter](tally, level) ? tally.n : 0), 0);
  return {
    all: count('all'),
    open: count('open'),
    untouched: count('untouched'),
    begun: count('begun'),
    resubmitted: count('resubmitted'),
    returned: count('returned'),
    passed: count('passed'),
    refused: count('refused'),
    parked: count('parked'),
    incomplete: count('incomplete'),
    others: count('others'),
    aside: count('aside'),
  };
}
