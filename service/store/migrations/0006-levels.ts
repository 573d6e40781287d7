import type { Migration } from './migration.ts';

/**
 * 报名点: a third level of accounts, and the point that a submission is of. SQLite can't change a CHECK in place, so the
 * table of accounts is made anew; its rows stay.
 */
export const levels: Migration = {
  version: 6,
  rebuilds: true,
  sql: `
    CREATE TABLE accounts_with_points (
      id TEXT PRIMARY KEY,
      account TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('reviewer', 'supervisor', 'candidate')),
      level TEXT CHECK (level IN ('point', 'site', 'district')),
      point TEXT,
      site TEXT,
      district TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      submission_id TEXT REFERENCES submissions (id),
      CHECK ((role = 'candidate') = (submission_id IS NOT NULL)),
      CHECK ((role = 'candidate') = (level IS NULL)),
      CHECK (level IS NULL OR level = 'district' OR site IS NOT NULL),
      CHECK (level IS NOT 'point' OR point IS NOT NULL)
    ) STRICT;
    INSERT INTO accounts_with_points (id, account, name, role, level, point, site, district, password_hash, submission_id)
      SELECT id, account, name, role, level, NULL, site, district, password_hash, submission_id FROM accounts;
    DROP TABLE accounts;
    ALTER TABLE accounts_with_points RENAME TO accounts;

    ALTER TABLE submissions ADD COLUMN point TEXT;
    CREATE INDEX submissions_by_point ON submissions (point, seq, status, image_count, image_bytes) WHERE point IS NOT NULL;
  `,
};
