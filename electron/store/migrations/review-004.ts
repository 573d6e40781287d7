import type { Migration } from './migration.ts';

/** What a person did about decisions that were not taken. */
export const review004: Migration = {
  version: 4,
  up: (db) =>
    db.exec(`
-- parked_state: the state that it goes back to when this is undone. resolved_seq: the decision made in its place, null
-- where there is none. after_seq: the last decision made before. A copy of what the log says, for lists and undo.
CREATE TABLE resolutions (
  n INTEGER PRIMARY KEY,
  parked_seq INTEGER NOT NULL REFERENCES decisions (seq),
  parked_state TEXT NOT NULL CHECK (parked_state IN ('conflict', 'refused')),
  choice TEXT NOT NULL CHECK (choice IN ('kept', 'changed', 'dropped')),
  resolved_seq INTEGER REFERENCES decisions (seq),
  after_seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  held_until TEXT NOT NULL,
  undone_at TEXT,
  CHECK ((choice = 'dropped') = (resolved_seq IS NULL))
) STRICT;
CREATE UNIQUE INDEX resolutions_standing ON resolutions (parked_seq) WHERE undone_at IS NULL;
CREATE INDEX resolutions_by_decision ON resolutions (resolved_seq) WHERE undone_at IS NULL;
`),
};
