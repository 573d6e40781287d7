import type { Migration } from './migration.ts';

/** Who reviews what: derived columns of the queue, and the claims that this workstation asked for. */
export const review003: Migration = {
  version: 3,
  up: (db) =>
    db.exec(`
-- Of the claim in the service's copy. others = 1: another one's, so that nothing can be decided here.
ALTER TABLE submissions ADD COLUMN claim_token INTEGER;
ALTER TABLE submissions ADD COLUMN claim_name TEXT;
ALTER TABLE submissions ADD COLUMN claim_since TEXT;
ALTER TABLE submissions ADD COLUMN others INTEGER NOT NULL DEFAULT 0 CHECK (others IN (0, 1));
DROP INDEX submissions_counts;
CREATE INDEX submissions_counts ON submissions (open, status, judged, round, parked, absent, others);

-- Asked for because the submission stayed on screen; given back when it is left untouched. token: 0 until the answer is
-- here. seq: of the feed, from which on the service's copy shows the claim.
CREATE TABLE claims (
  submission_id TEXT PRIMARY KEY,
  token INTEGER NOT NULL CHECK (token >= 0),
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`),
};
