import { GRAM, reversed } from '../queue/columns.ts';
import { type Reader, sql } from './database.ts';

/** More candidates than this are not looked up one by one: the queue is walked in its order instead. */
const LOOKUP_LIMIT = 2_000;
/** Sorts after every character that a name or number has. */
const LAST = '\u{10FFFF}';

/** What was typed, in the forms in which each column is searched. */
export type Search = {
  readonly part: string;
  readonly start: string;
  readonly numberStart: string;
  readonly numberTail: string;
  readonly idTail: string;
  readonly gram: string;
  readonly initials: string;
  readonly initialsEnd: string;
  readonly number: string;
  readonly numberEnd: string;
  readonly tail: string;
  readonly tailEnd: string;
  readonly idEnd: string;
  readonly idEndEnd: string;
};

/** Whether a name has what was typed in it: the index knows its first characters. */
export const NAMED_SO = `name LIKE @part ESCAPE '\\'`;

/** Rows that fit, told from the row alone; `find` finds the same ones by their indexes. */
export const FITS = `(${NAMED_SO} OR initials LIKE @start ESCAPE '\\'
  OR registration_number LIKE @numberStart ESCAPE '\\' OR registration_number LIKE @numberTail ESCAPE '\\'
  OR id_number LIKE @idTail ESCAPE '\\')`;

/** What finds the rows of each column by its index alone: the number of each row. */
const BY_COLUMN = [
  'SELECT rowid AS n FROM submissions INDEXED BY submissions_by_initials WHERE initials >= @initials AND initials < @initialsEnd',
  `SELECT rowid AS n FROM submissions INDEXED BY submissions_by_registration
   WHERE registration_number >= @number AND registration_number < @numberEnd`,
  `SELECT rowid AS n FROM submissions INDEXED BY submissions_by_registration_tail
   WHERE registration_tail >= @tail AND registration_tail < @tailEnd`,
  'SELECT rowid AS n FROM submissions INDEXED BY submissions_by_id_tail WHERE id_tail >= @idEnd AND id_tail < @idEndEnd',
];
const NAMED = 'SELECT submission FROM name_grams WHERE gram = @gram';

/** Reads what was typed; null when nothing was. */
export function searchOf(typed: string): Search | null {
  const exact = typed.trim();
  if (exact === '') return null;
  const escaped = exact.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  const lower = exact.toLowerCase();
  const [tail, idEnd] = [reversed(exact), reversed(exact.toUpperCase())];
  return {
    part: `%${escaped}%`,
    start: `${escaped.toLowerCase()}%`,
    numberStart: `${escaped}%`,
    numberTail: `%${escaped}`,
    idTail: `%${escaped.toUpperCase()}`,
    gram: [...lower].slice(0, GRAM).join(''),
    initials: lower,
    initialsEnd: `${lower}${LAST}`,
    number: exact,
    numberEnd: `${exact}${LAST}`,
    tail,
    tailEnd: `${tail}${LAST}`,
    idEnd,
    idEndEnd: `${idEnd}${LAST}`,
  };
}

/** Whether few enough rows come into question to look each of them up. */
function isNarrow(db: Reader, search: Search): boolean {
  // Each branch is stopped at the limit, so that asking costs little however many there are.
  const branches = [NAMED, ...BY_COLUMN].map((lookup) => `SELECT 1 FROM (${lookup} LIMIT ${LOOKUP_LIMIT + 1})`);
  const found = sql<{ n: number }>(db, `SELECT count(*) AS n FROM (${branches.join(' UNION ALL ')})`).get(search);
  return (found?.n ?? 0) <= LOOKUP_LIMIT;
}

/** The rows that a narrow search found. */
export type Found = {
  /** Their numbers, as a JSON array. */
  readonly numbers: string;
  readonly count: number;
};

/** Whether the name alone can match what was typed: nothing else begins or ends so. */
export function isName(db: Reader, search: Search): boolean {
  const others = BY_COLUMN.map((lookup) => `SELECT 1 FROM (${lookup} LIMIT 1)`).join(' UNION ALL ');
  return sql(db, `${others} LIMIT 1`).get(search) === undefined;
}

/** Whether the index of names knows all that was typed, so that no name has to be read. */
export function isWhole({ gram, part }: Search): boolean {
  return part.toLowerCase() === `%${gram}%`;
}

/**
 * The rows that a search finds by its indexes; null when they are so many that the queue is better walked in its order.
 */
export function find(db: Reader, search: Search): Found | null {
  if (!isNarrow(db, search)) return null;
  const numbers = new Set([
    ...(sql<number>(db, BY_COLUMN.join(' UNION ALL ')).pluck().all(search) as number[]),
    ...(sql<number>(db, `SELECT rowid FROM submissions WHERE id IN (${NAMED}) AND ${NAMED_SO}`)
      .pluck()
      .all(search) as number[]),
  ]);
  return { numbers: JSON.stringify([...numbers]), count: numbers.size };
}

/** The condition of the rows that were found. */
export const FOUND = 'rowid IN (SELECT value FROM json_each(@numbers))';

/** The rows with such a name in the order of their deadlines, and the condition of a single one. */
export const BY_NAME = {
  from: 'name_grams CROSS JOIN submissions ON submissions.id = name_grams.submission',
  condition: 'gram = @gram',
  alone:
    'EXISTS (SELECT 1 FROM name_grams WHERE gram = @gram AND place = deadline_key AND submission = submissions.id)',
} as const;
