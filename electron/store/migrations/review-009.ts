import type { Migration } from './migration.ts';

/** What the reviewer set aside to come back to, and why: known here alone. */
export const review009: Migration = {
  version: 9,
  up: (db) =>
    db.exec(`
-- One row a step, the newest of a submission counts; an undo takes it off. reason: null where it was taken up again.
-- revision: of the candidate then. after_seq: the last decision made before.
CREATE TABLE set_aside (
  n INTEGER PRIMARY KEY,
  submission_id TEXT NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
  reason TEXT,
  revision INTEGER NOT NULL,
  after_seq INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX set_aside_by_submission ON set_aside (submission_id, n);

-- Why it is set aside now; null when it isn't.
ALTER TABLE submissions ADD COLUMN aside TEXT;
CREATE INDEX submissions_aside ON submissions (deadline_key, id) WHERE aside IS NOT NULL;
INSERT INTO queue_tally (facets, n) VALUES ('aside', 0);
CREATE TRIGGER submissions_set_aside AFTER UPDATE OF aside ON submissions
WHEN (NEW.aside IS NULL) <> (OLD.aside IS NULL) BEGIN
  UPDATE queue_tally SET n = n + (NEW.aside IS NOT NULL) - (OLD.aside IS NOT NULL) WHERE facets = 'aside';
END;
CREATE TRIGGER submissions_come_aside AFTER INSERT ON submissions WHEN NEW.aside IS NOT NULL BEGIN
  UPDATE queue_tally SET n = n + 1 WHERE facets = 'aside';
END;
CREATE TRIGGER submissions_go_aside AFTER DELETE ON submissions WHEN OLD.aside IS NOT NULL BEGIN
  UPDATE queue_tally SET n = n - 1 WHERE facets = 'aside';
END;
`),
};
