import type { CompiledQuery } from 'kysely';
import type { Store } from './tables.ts';

/** Where a value goes when a statement is asked. */
class Place {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/** Stands for a value while a statement is built. */
export type ValueOf<Values> = <Name extends keyof Values>(name: Name) => Values[Name];

/** The places of a row's values, by the names of its columns. */
export function rowOfPlaces<Row extends object>(columns: readonly (keyof Row)[], value: ValueOf<Row>): Row {
  return Object.fromEntries(columns.map((column) => [column, value(column)])) as Row;
}

/** A statement with its values: what is to be sent. */
export type Filled<Row> = (db: Store) => CompiledQuery<Row>;

/**
 * A statement that is built once for each database and filled with other values each time: building takes longer than
 * much of what is asked. What is built must not look at a value, only put it where it belongs; a list of values has as
 * many places as it had at first, and null is no value to compare with.
 */
export function statement<Values extends object, Row>(
  build: (db: Store, value: ValueOf<Values>) => CompiledQuery<Row>,
): (values: Values) => Filled<Row> {
  // By what a database and its transactions have in common.
  const built = new WeakMap<object, CompiledQuery<Row>>();
  return (values) => (db) => {
    const { adapter } = db.getExecutor();
    // A place is only ever passed on, so that it may pass for any value.
    const query = built.get(adapter) ?? build(db, (name) => new Place(name) as never);
    built.set(adapter, query);
    const parameters = query.parameters.map((one) => (one instanceof Place ? values[one.name as keyof Values] : one));
    return { ...query, parameters };
  };
}

/** Sends a statement and gives its rows. */
export async function rowsOf<Row>(db: Store, filled: Filled<Row>): Promise<Row[]> {
  return (await db.executeQuery(filled(db))).rows;
}

/** Sends a statement and gives its first row, if it has one. */
export async function firstOf<Row>(db: Store, filled: Filled<Row>): Promise<Row | undefined> {
  return (await rowsOf(db, filled))[0];
}
