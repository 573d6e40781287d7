import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import { matchOf, termsOf } from '../../shared/audit/grams.ts';
import type { Store } from './tables.ts';

/** What has to be said to each database in its own way. Everything else is one and the same SQL. */
export type Dialect = {
  /** Joins tables in the order in which they are written, where the database doesn't find the better one by itself. */
  readonly join: RawBuilder<unknown>;
  /** The texts of a JSON array as a table of the column `value`. */
  readonly textsOf: (json: string) => RawBuilder<unknown>;
  /** Whether several changes go into one statement, each as a part of its `WITH`. */
  readonly joins: boolean;
  /** The rows of a JSON array of nodes of the log's tree: level, place, and hash in hex. */
  readonly nodesOf: (json: string) => RawBuilder<unknown>;
  /** Counts tags, whose names are a JSON array. */
  readonly countTags: (names: string) => RawBuilder<unknown>;
  /** Gives a decision the tags that were just `counted`. */
  readonly giveTags: (key: number, names: string) => RawBuilder<unknown>;
  /** Keeps the words of a decision to be found by: its places, each one word, and the grams of what was written. */
  readonly keepWords: (key: number, places: readonly string[], grams: string) => RawBuilder<unknown>;
  /** Whether `d`, a row of `decision_words`, is of a place and has what was typed; null when nothing can be found. */
  readonly hasWords: (place: string, typed: string) => RawBuilder<unknown> | null;
};

const countTags = (texts: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`INSERT INTO audit_tags (name, n) SELECT value, 1 FROM ${texts} WHERE true
    ON CONFLICT (name) DO UPDATE SET n = audit_tags.n + 1`;

const jsonEach = (json: string): RawBuilder<unknown> => sql`json_each(${json})`;
const jsonElements = (json: string): RawBuilder<unknown> =>
  sql`json_array_elements_text(${json}::json) AS texts (value)`;

/** Words are in a full-text index (FTS5), which finds grams that follow each other. */
const sqlite: Dialect = {
  join: sql`CROSS JOIN`,
  textsOf: jsonEach,
  joins: false,
  nodesOf: (json) => sql`SELECT value ->> 0, value ->> 1, unhex(value ->> 2) FROM json_each(${json})`,
  countTags: (names) => countTags(jsonEach(names)),
  giveTags: (key, names) => sql`INSERT INTO decision_tags (tag, key)
      SELECT id, CAST(${key} AS bigint) FROM audit_tags WHERE name IN (SELECT value FROM ${jsonEach(names)})`,
  keepWords: (key, places, grams) =>
    sql`INSERT INTO decision_words (rowid, grams) VALUES (${key}, ${[...places, grams].join(' ')})`,
  hasWords: (place, typed) => {
    const words = matchOf(typed);
    return words === null ? null : sql`decision_words MATCH ${`${place} AND ${words}`}`;
  },
};

/** Between grams, and around all of them. */
const framed = (grams: string): string => ` ${grams} `;

/**
 * An array of grams is indexed: it finds the rows that have them all, and where several must follow each other, the
 * row's own text tells. A single character is found by itself, so each gram's first is in the array too.
 */
const postgresql: Dialect = {
  join: sql`JOIN`,
  textsOf: jsonElements,
  joins: true,
  nodesOf: (json) => sql`SELECT (node ->> 0)::integer, (node ->> 1)::bigint, decode(node ->> 2, 'hex')
    FROM json_array_elements(${json}::json) AS nodes (node)`,
  countTags: (names) => sql`${countTags(jsonElements(names))} RETURNING id`,
  giveTags: (key) => sql`INSERT INTO decision_tags (tag, key) SELECT id, CAST(${key} AS bigint) FROM counted`,
  keepWords: (key, places, grams) => {
    const all = grams.split(' ');
    const found = new Set([...places, ...all, ...all.flatMap((gram) => [...gram].slice(0, 1))]);
    return sql`INSERT INTO decision_words (rowid, words, grams)
      VALUES (${key}, ${framed(grams)}, ${[...found]})`;
  },
  hasWords: (place, typed) => {
    const terms = termsOf(typed);
    if (terms.length === 0) return null;
    const phrases = terms.filter(({ length }) => length > 1).map((pairs) => framed(pairs.join(' ')));
    const follow = phrases.map((phrase) => sql` AND strpos(d.words, ${phrase}) > 0`);
    return sql`d.grams @> ${[place, ...terms.flat()]}::text[]${sql.join(follow, sql``)}`;
  },
};

/** How the database of a store, or of a transaction in it, wants to be spoken to. */
export function dialectOf(db: Store): Dialect {
  return db.getExecutor().adapter instanceof PostgresAdapter ? postgresql : sqlite;
}
