import type { Migration } from './migration.ts';

/** First tables of `images.db`: the pictures as uploaded, and their small renditions. */
export const images001: Migration = {
  version: 1,
  up: (db) =>
    db.exec(`
CREATE TABLE originals (sha256 TEXT PRIMARY KEY, type TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE smalls (sha256 TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
`),
};
