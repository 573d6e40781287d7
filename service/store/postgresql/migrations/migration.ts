/**
 * One step of the shape of a database on PostgreSQL. Never changed once released. Its version is that of the step of
 * SQLite that leads to the same shape.
 */
export type PostgresMigration = {
  readonly version: number;
  /** Statements, run in one transaction with all other steps that are due. */
  readonly sql: string;
};
