import type { Migration } from './migration.ts';

/** First tables of `review.db`: the submissions as synced, the decisions, their way, and the log. */
export const review001: Migration = {
  version: 1,
  up: (db) =>
    db.exec(`
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  uuid TEXT NOT NULL,
  next_seq INTEGER NOT NULL CHECK (next_seq >= 1)
) STRICT;

CREATE TABLE cursor (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch TEXT,
  seq INTEGER NOT NULL,
  last_sync TEXT,
  through INTEGER NOT NULL CHECK (through IN (0, 1))
) STRICT;

-- What the queue shows and is sorted by, derived from the documents below.
CREATE TABLE submissions (
  id TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  registration_number TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  initials TEXT NOT NULL,
  id_number TEXT NOT NULL,
  level TEXT NOT NULL,
  class TEXT NOT NULL,
  paths TEXT NOT NULL,
  status TEXT NOT NULL,
  status_key INTEGER NOT NULL,
  open INTEGER NOT NULL,
  round INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  materials TEXT NOT NULL,
  points INTEGER NOT NULL,
  judged INTEGER NOT NULL,
  submitted_at TEXT NOT NULL,
  deadline TEXT,
  deadline_key TEXT NOT NULL,
  base_deadline_key TEXT NOT NULL,
  base_status_key INTEGER NOT NULL,
  base_points INTEGER NOT NULL,
  absent INTEGER NOT NULL DEFAULT 0,
  waiting INTEGER NOT NULL DEFAULT 0,
  parked INTEGER NOT NULL DEFAULT 0
) STRICT;

-- base: as the service gave it. effective: with this computer's pending decisions. Apart, so that scans stay narrow.
CREATE TABLE documents (
  id TEXT PRIMARY KEY REFERENCES submissions (id) ON DELETE CASCADE,
  base TEXT NOT NULL,
  effective TEXT NOT NULL
) STRICT;
CREATE INDEX submissions_by_deadline ON submissions (deadline_key, id);
CREATE INDEX submissions_by_submitted ON submissions (submitted_at, id);
CREATE INDEX submissions_by_registration ON submissions (registration_number, id);
CREATE INDEX submissions_by_name ON submissions (name_key, id);
CREATE INDEX submissions_by_status ON submissions (status_key, id);
CREATE INDEX submissions_by_points ON submissions (points, id);
CREATE INDEX submissions_counts ON submissions (open, status, judged, round, parked, absent);
CREATE INDEX submissions_absent ON submissions (absent);

-- Every picture that a submission has or had; current = 1 for those in its slots now.
CREATE TABLE submission_images (
  submission_id TEXT NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
  slot TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  PRIMARY KEY (submission_id, slot, sha256, current)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_images_by_hash ON submission_images (sha256, current);

-- Pictures that are in images.db, verified. facts: null until looked at.
CREATE TABLE pictures (sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, facts TEXT) STRICT, WITHOUT ROWID;
CREATE INDEX pictures_unseen ON pictures (sha256) WHERE facts IS NULL;

CREATE TABLE decisions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  submission_id TEXT NOT NULL,
  body TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_submission ON decisions (submission_id, seq);
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions never change'); END;
CREATE TRIGGER decisions_keep BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;

-- exposed = 1: a try ended without an answer, so the service may have it.
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY REFERENCES decisions (seq),
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'sending', 'applied', 'conflict', 'refused', 'withdrawn', 'dismissed')),
  held_until TEXT NOT NULL,
  exposed INTEGER NOT NULL DEFAULT 0 CHECK (exposed IN (0, 1)),
  attempts INTEGER NOT NULL DEFAULT 0,
  last_tried_at TEXT,
  answered_at TEXT,
  problem TEXT,
  slots TEXT NOT NULL DEFAULT '[]',
  receipt TEXT,
  CHECK (state <> 'applied' OR receipt IS NOT NULL),
  CHECK (state NOT IN ('conflict', 'refused') OR problem IS NOT NULL)
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, seq);
CREATE TRIGGER outbox_keeps BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'the outbox never deletes'); END;

CREATE TABLE audit (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log never changes'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log never shrinks'); END;
`),
};
