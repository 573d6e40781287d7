import type { Migration } from './migration.ts';

/** Pictures fetched again because their first row became unreadable: such a row can't be deleted or replaced. */
export const images002: Migration = {
  version: 2,
  up: (db) =>
    db.exec(`
CREATE TABLE mended (
  sha256 TEXT NOT NULL,
  rendition TEXT NOT NULL CHECK (rendition IN ('full', 'small')),
  type TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (sha256, rendition)
) STRICT;
`),
};
