import type { Migration } from './migration.ts';

/** What proves the records: heads of the service's log, what was found in it, seals of the log here, and what didn't hold. */
export const review008: Migration = {
  version: 8,
  up: (db) =>
    db.exec(`
-- Each was proven to go on from the one before of its line; a new line begins after the service was restored.
CREATE TABLE log_heads (
  n INTEGER PRIMARY KEY,
  line INTEGER NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  head TEXT NOT NULL,
  signature TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  checked_at TEXT NOT NULL
) STRICT;
CREATE INDEX log_heads_by_size ON log_heads (line, size);

-- Decisions whose entry was proven to be in the service's log.
CREATE TABLE log_inclusions (
  seq INTEGER PRIMARY KEY REFERENCES decisions (seq),
  n INTEGER NOT NULL
) STRICT;

-- The log here as it was, signed by the device.
CREATE TABLE log_seals (
  n INTEGER PRIMARY KEY,
  seal TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;

CREATE TABLE log_breaks (
  id INTEGER PRIMARY KEY,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  first INTEGER,
  last INTEGER,
  since TEXT,
  found_at TEXT NOT NULL,
  over_at TEXT
) STRICT;
CREATE UNIQUE INDEX log_breaks_standing ON log_breaks (place, kind)
  WHERE over_at IS NULL AND kind NOT IN ('restored', 'older', 'forked');
CREATE TRIGGER log_breaks_keep BEFORE DELETE ON log_breaks BEGIN SELECT RAISE(ABORT, 'findings are never deleted'); END;
`),
};
