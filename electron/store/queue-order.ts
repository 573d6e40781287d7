import type { QUEUE_SORTS, QueueQuery } from '../../shared/ipc.ts';
import { type Level, passedStates } from '../../shared/status.ts';
import type { Reader } from './database.ts';
import {
  BY_NAME,
  FITS,
  FOUND,
  type Found,
  find,
  isName,
  isWhole,
  NAMED_SO,
  type Search,
  searchOf,
} from './queue-search.ts';
import { type Filter, queueCounts } from './queue-tally.ts';

type Sort = (typeof QUEUE_SORTS)[number];

const inStates = (states: readonly string[]): string =>
  states.length === 1 ? `status = '${states[0]}'` : `status IN (${states.map((state) => `'${state}'`).join(', ')})`;

/** Each filter's condition over a row, and the index that holds its rows by deadline, where there is one. */
const FILTERS: Readonly<Record<Filter, { where: (level: Level | null) => string; index: string | null }>> = {
  all: { where: () => '1', index: null },
  open: { where: () => 'open = 1', index: 'submissions_open' },
  untouched: { where: () => 'open = 1 AND judged = 0', index: 'submissions_untouched' },
  begun: { where: () => 'open = 1 AND judged > 0', index: 'submissions_begun' },
  resubmitted: { where: () => 'open = 1 AND round > 1', index: 'submissions_again' },
  returned: { where: () => `status = 'returned'`, index: 'submissions_in_status' },
  passed: {
    where: (level) => inStates(passedStates(level)),
    index: 'submissions_in_status',
  },
  refused: { where: () => `status = 'refused'`, index: 'submissions_in_status' },
  parked: { where: () => 'parked > 0', index: 'submissions_parked' },
  incomplete: { where: () => 'absent > 0', index: 'submissions_incomplete' },
  others: { where: () => 'open = 1 AND others = 1', index: 'submissions_others' },
  aside: { where: () => 'aside IS NOT NULL', index: 'submissions_aside' },
};

/** Each sort's column now, the one of the service's copy (its place before this computer's decisions), and its index. */
export const SORTS: Readonly<Record<Sort, { now: string; before: string; index: string }>> = {
  deadline: { now: 'deadline_key', before: 'base_deadline_key', index: 'submissions_by_deadline' },
  submitted: { now: 'submitted_at', before: 'submitted_at', index: 'submissions_by_submitted' },
  registration: { now: 'registration_number', before: 'registration_number', index: 'submissions_by_registration' },
  name: { now: 'name_key', before: 'name_key', index: 'submissions_by_name' },
  status: { now: 'status_key', before: 'base_status_key', index: 'submissions_by_status' },
  points: { now: 'points', before: 'base_points', index: 'submissions_by_points' },
};

/** How a query is answered: the table with its index, the condition, and its parameters. */
export type Order = {
  readonly from: string;
  readonly condition: string;
  /** The same condition of a row of `submissions` by itself. */
  readonly alone: string;
  /** What a row's place in the order is read from. */
  readonly key: string;
  readonly id: string;
  readonly parameters: Partial<Search & Found>;
  /** How many rows match; where only counting tells, what is counted and up to how many. */
  readonly total: number | { readonly counted: string; readonly most: number };
};

/** Rows beyond which matches are not counted: nobody reads such a number. */
export const COUNTED = 1_000;
/** The same where each match has to be read before it counts. */
const READ = 200;

function orderOfSearch(db: Reader, query: QueueQuery, level: Level | null, search: Search): Order {
  const where = FILTERS[query.filter].where(level);
  const sort = SORTS[query.sort];
  const common = { key: sort.now, id: 'id', parameters: search };
  if (query.sort === 'deadline' && isName(db, search)) {
    const whole = isWhole(search);
    const fits = whole ? where : `${where} AND ${NAMED_SO}`;
    const from = BY_NAME.from;
    const condition = `${BY_NAME.condition} AND ${fits}`;
    return {
      ...common,
      from,
      condition,
      alone: `${BY_NAME.alone} AND ${fits}`,
      key: 'place',
      id: 'submission',
      total:
        whole && query.filter === 'all'
          ? { counted: `name_grams WHERE ${BY_NAME.condition}`, most: COUNTED }
          : { counted: `${from} WHERE ${condition}`, most: READ },
    };
  }
  const found = find(db, search);
  const condition = `${where} AND ${found === null ? FITS : FOUND}`;
  const from = found === null ? `submissions INDEXED BY ${sort.index}` : 'submissions NOT INDEXED';
  const counted = { counted: `${from} WHERE ${condition}`, most: COUNTED };
  if (found === null) return { ...common, from, condition, alone: condition, total: counted };
  const total = query.filter === 'all' ? found.count : counted;
  return { ...common, from, condition, alone: condition, parameters: { numbers: found.numbers }, total };
}

/**
 * Chooses the way by counts that are always known, and pins the index, so that no statistics can lead to a slow one:
 * the filter's own index in its own order; few rows are gathered and sorted; else the sort's index is walked, past what
 * doesn't match. Walking to `limit` rows touches about `limit * all / matching` rows, gathering touches `matching`.
 */
export function orderOf(db: Reader, query: QueueQuery, level: Level | null, limit: number): Order {
  const search = searchOf(query.search);
  if (search !== null) return orderOfSearch(db, query, level, search);
  const { where, index } = FILTERS[query.filter];
  const sort = SORTS[query.sort];
  const counts = queueCounts(db, level);
  const total = counts[query.filter];
  // Two statuses at once have no common order in the index.
  const ordered = query.sort === 'deadline' && !(query.filter === 'passed' && passedStates(level).length > 1);
  const gather = total * total <= limit * counts.all;
  const pinned = index !== null && (ordered || gather) ? index : sort.index;
  const condition = where(level);
  return {
    from: `submissions INDEXED BY ${pinned}`,
    condition,
    alone: condition,
    key: sort.now,
    id: 'id',
    parameters: {},
    total,
  };
}
