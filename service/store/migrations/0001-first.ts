import type { Migration } from './migration.ts';

/**
 * The first tables. `decisions` and `audit` only grow: triggers refuse every change of a row, whoever asks.
 * The covering indexes on `submissions` serve the feed: a page and what remains after it without reading documents.
 */
export const first: Migration = {
  version: 1,
  sql: `
    CREATE TABLE policies (
      district TEXT PRIMARY KEY,
      document TEXT NOT NULL
    ) STRICT;

    CREATE TABLE submissions (
      id TEXT PRIMARY KEY,
      registration_number TEXT NOT NULL UNIQUE,
      site TEXT NOT NULL,
      district TEXT NOT NULL,
      status TEXT NOT NULL,
      revision INTEGER NOT NULL,
      seq INTEGER NOT NULL UNIQUE,
      deadline TEXT,
      reached_district INTEGER NOT NULL,
      image_count INTEGER NOT NULL,
      image_bytes INTEGER NOT NULL,
      asked TEXT,
      document TEXT NOT NULL
    ) STRICT;
    CREATE INDEX submissions_by_site ON submissions (site, seq, status, image_count, image_bytes);
    CREATE INDEX submissions_by_district ON submissions (district, seq, reached_district, status, image_count, image_bytes);
    CREATE INDEX submissions_due ON submissions (status, deadline) WHERE status = 'returned';

    CREATE TABLE accounts (
      id TEXT PRIMARY KEY,
      account TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('reviewer', 'supervisor', 'candidate')),
      level TEXT CHECK (level IN ('site', 'district')),
      site TEXT,
      district TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      submission_id TEXT REFERENCES submissions (id),
      CHECK ((role = 'candidate') = (submission_id IS NOT NULL)),
      CHECK ((role = 'candidate') = (level IS NULL)),
      CHECK (level IS NOT 'site' OR site IS NOT NULL)
    ) STRICT;

    CREATE TABLE sessions (
      token_sha256 TEXT PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      created_at TEXT NOT NULL,
      expires_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sessions_by_expiry ON sessions (expires_at);

    CREATE TABLE sign_in_failures (
      name_sha256 TEXT PRIMARY KEY,
      failures INTEGER NOT NULL,
      last_at TEXT NOT NULL,
      locked_until TEXT
    ) STRICT;
    CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_at);

    CREATE TABLE images (
      sha256 TEXT PRIMARY KEY,
      bytes INTEGER NOT NULL,
      mime TEXT NOT NULL
    ) STRICT;

    CREATE TABLE submission_images (
      submission_id TEXT NOT NULL REFERENCES submissions (id),
      slot TEXT NOT NULL,
      sha256 TEXT NOT NULL REFERENCES images (sha256),
      current INTEGER NOT NULL,
      PRIMARY KEY (submission_id, slot, sha256)
    ) STRICT;
    CREATE INDEX submission_images_by_hash ON submission_images (sha256);

    CREATE TABLE decisions (
      id TEXT PRIMARY KEY,
      submission_id TEXT NOT NULL REFERENCES submissions (id),
      account_id TEXT NOT NULL REFERENCES accounts (id),
      level TEXT NOT NULL,
      canonical TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'conflict', 'refused')),
      problem TEXT,
      slots TEXT NOT NULL,
      receipt TEXT,
      received_at TEXT NOT NULL,
      CHECK ((outcome = 'applied') = (receipt IS NOT NULL)),
      CHECK ((outcome = 'applied') = (problem IS NULL))
    ) STRICT;
    CREATE INDEX decisions_by_submission ON decisions (submission_id, account_id);
    CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
      BEGIN SELECT RAISE (ABORT, 'a recorded decision does not change'); END;
    CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
      BEGIN SELECT RAISE (ABORT, 'a recorded decision is not deleted'); END;

    CREATE TABLE audit (
      n INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      account_id TEXT,
      kind TEXT NOT NULL,
      subject TEXT,
      facts TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
      BEGIN SELECT RAISE (ABORT, 'the audit log only grows'); END;
    CREATE TRIGGER audit_remains BEFORE DELETE ON audit
      BEGIN SELECT RAISE (ABORT, 'the audit log only grows'); END;

    CREATE TABLE feed (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      epoch TEXT NOT NULL,
      last_seq INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE notes (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;
  `,
};
