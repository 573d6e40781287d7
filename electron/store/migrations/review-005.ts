import type { Migration } from './migration.ts';

/** Which submissions are finished for this desk, since when it knows, and whether their pictures were purged. */
export const review005: Migration = {
  version: 5,
  up: (db) =>
    db.exec(`
CREATE TABLE finished (
  submission_id TEXT PRIMARY KEY REFERENCES submissions (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  purged INTEGER NOT NULL DEFAULT 0 CHECK (purged IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX finished_by_time ON finished (at, submission_id);
`),
};
