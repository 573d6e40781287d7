/** Makes a new database; undefined = SQLite's in the service's folder. */
type Make = () => Promise<string | undefined>;

let make: Make = async () => undefined;

/** The address of a new database for a test's service; undefined = none, SQLite in its folder. */
export function newServiceDatabase(): Promise<string | undefined> {
  return make();
}

/** Says where the databases of this run are made. */
export function makeDatabasesBy(other: Make): void {
  make = other;
}
