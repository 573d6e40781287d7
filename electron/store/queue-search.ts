import { reversed } from '../queue/columns.ts';
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

/** Rows that fit, told from the row alone; `LOOKUPS` find the same ones by their indexes. */
export const FITS = `(name LIKE @part ESCAPE '\\' OR initials LIKE @start ESCAPE '\\'
  OR registration_number LIKE @numberStart ESCAPE '\\' OR registration_number LIKE @numberTail ESCAPE '\\'
  OR id_number LIKE @idTail ESCAPE '\\')`;

/** What finds the rows of each column by its index. */
const LOOKUPS = [
  'SELECT id FROM name_grams WHERE gram = @gram',
  `SELECT id FROM submissions INDEXED BY submissions_by_initials WHERE initials >= @initials AND initials < @initialsEnd`,
  `SELECT id FROM submissions INDEXED BY submissions_by_registration
   WHERE registration_number >= @number AND registration_number < @numberEnd`,
  `SELECT id FROM submissions INDEXED BY submissions_by_registration_tail
   WHERE registration_tail >= @tail AND registration_tail < @tailEnd`,
  'SELECT id FROM submissions INDEXED BY submissions_by_id_tail WHERE id_tail >= @idEnd AND id_tail < @idEndEnd',
];

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
    gram: [...lower].slice(0, 2).join(''),
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
export function isNarrow(db: Reader, search: Search): boolean {
  // Each branch is stopped at the limit, so that asking costs little however many there are.
  const branches = LOOKUPS.map((lookup) => `SELECT * FROM (${lookup} LIMIT ${LOOKUP_LIMIT + 1})`);
  const found = sql<{ n: number }>(db, `SELECT count(*) AS n FROM (${branches.join(' UNION ALL ')})`).get(search);
  return (found?.n ?? 0) <= LOOKUP_LIMIT;
}

/** The condition that finds a narrow search's rows by their indexes. */
export const FOUND = `id IN (${LOOKUPS.join(' UNION ')}) AND ${FITS}`;
