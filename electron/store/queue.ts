import { z } from 'zod';
import type { SubmissionId } from '../../shared/ids.ts';
import type { QueuePage, QueueQuery, QueueRow } from '../../shared/ipc.ts';
import type { Level } from '../../shared/status.ts';
import { type Reader, sql } from './database.ts';
import { COUNTED, type Order, orderOf, SORTS } from './queue-order.ts';
import { asideOf } from './set-aside.ts';

type Row = Omit<QueueRow, 'idTail' | 'paths' | 'materials' | 'complete' | 'parked' | 'claim' | 'aside'> & {
  idNumber: string;
  paths: string;
  materials: string;
  absent: number;
  parked: number;
  aside: string | null;
  claimName: string | null;
  claimSince: string | null;
  others: number;
  key: string | number;
};

const Cursor = z.tuple([z.union([z.string(), z.number()]), z.string()]);

function queueRow(from: Row): QueueRow {
  const { idNumber, paths, materials, absent, parked, aside, claimName, claimSince, others, key: _, ...row } = from;
  return {
    ...row,
    idTail: idNumber.slice(-4),
    paths: JSON.parse(paths) as string[],
    materials: JSON.parse(materials) as QueueRow['materials'],
    complete: absent === 0,
    parked: parked > 0,
    aside: asideOf(aside),
    claim: claimName && claimSince ? { name: claimName, since: claimSince, mine: others === 0 } : null,
  };
}

/** What the queue shows for a page: a keyset after the last row of the page before, never an offset. */
export type PageQuery = QueueQuery & { readonly after: string | null; readonly limit: number };

/** One page of the queue, and how many rows match in all. */
export function queuePage(db: Reader, query: PageQuery, level: Level | null): QueuePage {
  const { now } = SORTS[query.sort];
  const direction = query.descending ? 'DESC' : 'ASC';
  const beyond = query.descending ? '<' : '>';
  const after = query.after === null ? null : Cursor.parse(JSON.parse(query.after));
  const order = orderOf(db, query, level, query.limit);
  const { from, condition, parameters, key, id } = order;
  const rows = sql<Row>(
    db,
    `SELECT id, registration_number AS registrationNumber, name, id_number AS idNumber, level, class, paths, status, round,
       materials, points, judged, submitted_at AS submittedAt, deadline, absent, waiting, parked, aside, claim_name AS claimName,
       claim_since AS claimSince, others, ${now} AS key
     FROM submissions
     WHERE rowid IN (
       SELECT submissions.rowid FROM ${from}
       WHERE ${condition} ${after ? `AND (${key}, ${id}) ${beyond} (@key, @id)` : ''}
       ORDER BY ${key} ${direction}, ${id} ${direction} LIMIT @limit)
     ORDER BY ${now} ${direction}, id ${direction}`,
  ).all({ ...parameters, limit: query.limit, ...(after ? { key: after[0], id: after[1] } : {}) });
  const last = rows.at(-1);
  return {
    rows: rows.map(queueRow),
    ...totalOf(db, order),
    cursor: last && rows.length === query.limit ? JSON.stringify([last.key, last.id]) : null,
  };
}

type Total = { readonly total: number; readonly atLeast: boolean };

/** Counts rows, up to so many. */
function countUpTo(db: Reader, rows: string, most: number, parameters: object): Total {
  const counted = sql<{ n: number }>(db, `SELECT count(*) AS n FROM (SELECT 1 FROM ${rows} LIMIT ${most + 1})`).get(
    parameters,
  );
  const n = counted?.n ?? 0;
  return { total: Math.min(n, most), atLeast: n > most };
}

function totalOf(db: Reader, { total, parameters }: Order): Total {
  if (typeof total === 'number') return { total, atLeast: false };
  return countUpTo(db, total.counted, total.most, parameters);
}

/** The submissions around one in the order of a query. */
export type Neighbours = Total & {
  previous: SubmissionId | null;
  next: SubmissionId | null;
  /** Where it goes on after a decision on it. */
  onward: SubmissionId | null;
  position: number | null;
};

const HELD = '(open = 1 AND others = 1)';

/** Filters that ask for just what is passed over elsewhere: they are walked through as they stand. */
const PLAIN: ReadonlySet<QueueQuery['filter']> = new Set(['others', 'aside', 'parked']);

/**
 * The submissions before and after one. When it no longer matches (it was just decided), its place is the one that it
 * had before this computer's decisions, so that going on from it leads to the one that stood after it.
 *
 * The way leads through all that are free, in the order of the query, then through those set aside, in the same order;
 * what a colleague holds is passed over. A decision leads on to the next free one, and to those set aside only when no
 * other is left.
 */
export function queueNeighbours(
  db: Reader,
  { id, ...query }: QueueQuery & { readonly id: SubmissionId },
  level: Level | null,
): Neighbours {
  const { now, before } = SORTS[query.sort];
  const order = orderOf(db, query, level, 1);
  const { from, condition, alone, parameters, key, id: own } = order;
  // To a supervisor all are held by others.
  const plain = level === null || PLAIN.has(query.filter);
  const free = plain ? '1' : `aside IS NULL AND NOT ${HELD}`;
  const aside = `aside IS NOT NULL AND NOT ${HELD}`;
  const total = totalOf(db, order);
  const here = sql<{ aside: number }>(
    db,
    `SELECT ${plain ? '0' : aside} AS aside FROM submissions WHERE id = @id AND ${alone}`,
  ).get({ ...parameters, id });
  const matching = here !== undefined;
  const place = sql<{ key: string | number }>(
    db,
    `SELECT ${matching ? now : before} AS key FROM submissions WHERE id = ?`,
  ).get(id);
  if (!place) return { previous: null, next: null, onward: null, position: 0, ...total };
  const placed = { ...parameters, key: place.key, id };
  const first = (which: string, way: 'ASC' | 'DESC', beyond = '') =>
    sql<{ id: SubmissionId }>(
      db,
      // Those set aside are few, and gathered.
      which === aside
        ? `SELECT id FROM submissions INDEXED BY submissions_aside
           WHERE ${alone} AND ${which} AND id <> @id ${beyond && `AND (${now}, id) ${beyond} (@key, @id)`}
           ORDER BY ${now} ${way}, id ${way} LIMIT 1`
        : `SELECT submissions.id FROM ${from}
           WHERE ${condition} AND ${which} AND ${own} <> @id ${beyond && `AND (${key}, ${own}) ${beyond} (@key, @id)`}
           ORDER BY ${key} ${way}, ${own} ${way} LIMIT 1`,
    ).get(placed)?.id ?? null;
  const [back, on] = query.descending ? (['ASC', 'DESC'] as const) : (['DESC', 'ASC'] as const);
  const [less, more] = query.descending ? ['>', '<'] : ['<', '>'];
  const beforeIt = (which: string) => first(which, back, less);
  const afterIt = (which: string) => first(which, on, more);
  const isAside = here !== undefined && here.aside === 1;
  const freeAfter = afterIt(free);
  const firstAside = () => (plain ? null : first(aside, on));
  const next = isAside ? afterIt(aside) : (freeAfter ?? firstAside());
  const previous = isAside ? (beforeIt(aside) ?? first(free, back)) : beforeIt(free);
  const onward = freeAfter ?? (first(free, on) === null ? firstAside() : null);
  const upTo = `${from} WHERE ${condition} AND (${key}, ${own}) ${less}= (@key, @id)`;
  const counted = matching ? countUpTo(db, upTo, COUNTED, placed) : { total: 0, atLeast: false };
  const position = counted.atLeast ? null : counted.total;
  // Who stands at the three-hundredth has counted further than "two hundred and more".
  const { atLeast } = total;
  return { previous, next, onward, position, total: Math.max(total.total, atLeast ? (position ?? 0) : 0), atLeast };
}
