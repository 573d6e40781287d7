import { z } from 'zod';
import type { SubmissionId } from '../../shared/ids.ts';
import type { QUEUE_FILTERS, QUEUE_SORTS, QueuePage, QueueQuery, QueueRow } from '../../shared/ipc.ts';
import type { Level } from '../../shared/status.ts';
import { type Reader, sql } from './database.ts';

type Filter = (typeof QUEUE_FILTERS)[number];
type Sort = (typeof QUEUE_SORTS)[number];

/** Each filter's condition. What a level has passed on is `passed` for it, though the next level still reviews it. */
const FILTERS: Readonly<Record<Filter, (level: Level | null) => string>> = {
  all: () => '1',
  open: () => 'open = 1',
  untouched: () => 'open = 1 AND judged = 0',
  begun: () => 'open = 1 AND judged > 0',
  resubmitted: () => 'open = 1 AND round > 1',
  returned: () => `status = 'returned'`,
  passed: (level) => (level === 'site' ? `status IN ('site_approved', 'approved')` : `status = 'approved'`),
  refused: () => `status = 'refused'`,
  parked: () => 'parked > 0',
  incomplete: () => 'absent > 0',
  others: () => 'open = 1 AND others = 1',
};

/** Each sort's column now, and the one of the service's copy: its place before this computer's decisions. */
const SORTS: Readonly<Record<Sort, { now: string; before: string }>> = {
  deadline: { now: 'deadline_key', before: 'base_deadline_key' },
  submitted: { now: 'submitted_at', before: 'submitted_at' },
  registration: { now: 'registration_number', before: 'registration_number' },
  name: { now: 'name_key', before: 'name_key' },
  status: { now: 'status_key', before: 'base_status_key' },
  points: { now: 'points', before: 'base_points' },
};

const SEARCH = `(@exact = ''
  OR name LIKE @part ESCAPE '\\' OR initials LIKE @start ESCAPE '\\'
  OR registration_number LIKE @part ESCAPE '\\' OR id_number LIKE @tail ESCAPE '\\')`;

function searchOf({ search }: QueueQuery): { exact: string; part: string; start: string; tail: string } {
  const exact = search.trim();
  const escaped = exact.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  return { exact, part: `%${escaped}%`, start: `${escaped.toLowerCase()}%`, tail: `%${escaped.toUpperCase()}` };
}

function where(query: QueueQuery, level: Level | null): string {
  return `(${FILTERS[query.filter](level)}) AND ${SEARCH}`;
}

type Row = Omit<QueueRow, 'idTail' | 'paths' | 'materials' | 'complete' | 'parked' | 'claim'> & {
  idNumber: string;
  paths: string;
  materials: string;
  absent: number;
  parked: number;
  claimName: string | null;
  claimSince: string | null;
  others: number;
  key: string | number;
};

const Cursor = z.tuple([z.union([z.string(), z.number()]), z.string()]);

function queueRow(from: Row): QueueRow {
  const { idNumber, paths, materials, absent, parked, claimName, claimSince, others, key: _, ...row } = from;
  return {
    ...row,
    idTail: idNumber.slice(-4),
    paths: JSON.parse(paths) as string[],
    materials: JSON.parse(materials) as QueueRow['materials'],
    complete: absent === 0,
    parked: parked > 0,
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
  const condition = where(query, level);
  const search = searchOf(query);
  const rows = sql<Row>(
    db,
    `SELECT id, registration_number AS registrationNumber, name, id_number AS idNumber, level, class, paths, status, round,
       materials, points, judged, submitted_at AS submittedAt, deadline, absent, waiting, parked, claim_name AS claimName,
       claim_since AS claimSince, others, ${now} AS key
     FROM submissions WHERE ${condition} ${after ? `AND (${now}, id) ${beyond} (@key, @id)` : ''}
     ORDER BY ${now} ${direction}, id ${direction} LIMIT @limit`,
  ).all({ ...search, limit: query.limit, ...(after ? { key: after[0], id: after[1] } : {}) });
  const last = rows.at(-1);
  return {
    rows: rows.map(queueRow),
    total: countWhere(db, condition, search),
    cursor: last && rows.length === query.limit ? JSON.stringify([last.key, last.id]) : null,
  };
}

function countWhere(db: Reader, condition: string, parameters: object): number {
  return sql<{ n: number }>(db, `SELECT count(*) AS n FROM submissions WHERE ${condition}`).get(parameters)?.n ?? 0;
}

/** How many submissions each filter matches. */
export function queueCounts(db: Reader, level: Level | null): Record<Filter, number> {
  const names = Object.keys(FILTERS) as Filter[];
  const sums = names.map((name) => `coalesce(sum(${FILTERS[name](level)}), 0) AS "${name}"`).join(', ');
  const row = sql<Record<Filter, number>>(db, `SELECT ${sums} FROM submissions`).get();
  if (!row) throw new Error('an aggregate has a row');
  return row;
}

/** The submissions around one in the order of a query. */
export type Neighbours = { previous: SubmissionId | null; next: SubmissionId | null; position: number; total: number };

/**
 * The submissions before and after one. When it no longer matches (it was just decided), its place is the one that it
 * had before this computer's decisions, so that going on from it leads to the one that stood after it.
 */
export function queueNeighbours(
  db: Reader,
  { id, ...query }: QueueQuery & { readonly id: SubmissionId },
  level: Level | null,
): Neighbours {
  const { now, before } = SORTS[query.sort];
  const condition = where(query, level);
  const search = searchOf(query);
  const total = countWhere(db, condition, search);
  const matching =
    sql(db, `SELECT 1 FROM submissions WHERE id = @id AND ${condition}`).get({ ...search, id }) !== undefined;
  const place = sql<{ key: string | number }>(
    db,
    `SELECT ${matching ? now : before} AS key FROM submissions WHERE id = ?`,
  ).get(id);
  if (!place) return { previous: null, next: null, position: 0, total };
  const parameters = { ...search, key: place.key, id };
  const side = (sign: '<' | '>') =>
    sql<{ id: SubmissionId }>(
      db,
      `SELECT id FROM submissions WHERE ${condition} AND (${now}, id) ${sign} (@key, @id)
       ORDER BY ${now} ${sign === '<' ? 'DESC' : 'ASC'}, id ${sign === '<' ? 'DESC' : 'ASC'} LIMIT 1`,
    ).get(parameters)?.id ?? null;
  const [lower, higher] = [side('<'), side('>')];
  const [previous, next] = query.descending ? [higher, lower] : [lower, higher];
  const sign = query.descending ? '>=' : '<=';
  const position = matching ? countWhere(db, `${condition} AND (${now}, id) ${sign} (@key, @id)`, parameters) : 0;
  return { previous, next, position, total };
}
