import { CompiledQuery } from 'kysely';
import { dialectOf } from './dialect.ts';
import type { Filled } from './statement.ts';
import type { Store } from './tables.ts';

/** A statement that changes something; what it returns, a later one of the same message finds under its name. */
export type Change = { readonly statement: Filled<unknown>; readonly as?: string };

/** Texts that are kept; there are as many as combinations of changes. */
const KEPT = 200;
const joined = new Map<string, string>();

/** Several statements as one, the parameters of each counted on from the one before. */
function joinedOf(queries: readonly CompiledQuery<unknown>[], names: readonly (string | undefined)[]): string {
  let counted = 0;
  const texts = queries.map(({ sql, parameters }) => {
    const from = counted;
    counted += parameters.length;
    return sql.replace(/\$(\d+)/g, (_, n) => `$${from + Number(n)}`);
  });
  const last = texts.pop() ?? '';
  return `WITH ${texts.map((text, at) => `${names[at] ?? `change_${at}`} AS (${text})`).join(', ')} ${last}`;
}

/**
 * Makes changes of one transaction: in one message where the database takes that, otherwise one after the other. None
 * may look at, or write, a row that another of them writes.
 */
export async function together(db: Store, changes: readonly Change[]): Promise<void> {
  const queries = changes.map(({ statement }) => statement(db));
  if (queries.length < 2 || !dialectOf(db).joins) {
    for (const query of queries) await db.executeQuery(query);
    return;
  }
  const names = changes.map((change) => change.as);
  const key = queries.map(({ sql }, at) => `${names[at] ?? ''}:${sql}`).join('\n');
  const text = joined.get(key) ?? joinedOf(queries, names);
  if (joined.size >= KEPT) joined.clear();
  joined.set(key, text);
  await db.executeQuery(
    CompiledQuery.raw(
      text,
      queries.flatMap(({ parameters }) => parameters),
    ),
  );
}
