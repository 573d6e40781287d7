import type { Migration } from './migration.ts';

/**
 * The workstations that may decide, and the chain of each: every link has its place for good. `problem` is why a
 * decision in its place was refused, so that it has the same answer again.
 */
export const devices: Migration = {
  version: 2,
  sql: `
    CREATE TABLE devices (
      id TEXT PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      public_key TEXT NOT NULL,
      start_seq INTEGER NOT NULL,
      start_sha256 TEXT,
      enrolled_at TEXT NOT NULL,
      CHECK ((start_seq = 0) = (start_sha256 IS NULL))
    ) STRICT;
    CREATE TRIGGER devices_stay BEFORE UPDATE ON devices
      BEGIN SELECT RAISE (ABORT, 'an enrolled device does not change'); END;
    CREATE TRIGGER devices_remain BEFORE DELETE ON devices
      BEGIN SELECT RAISE (ABORT, 'an enrolled device is not deleted'); END;

    CREATE TABLE links (
      device TEXT NOT NULL REFERENCES devices (id),
      seq INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
      signature TEXT NOT NULL,
      problem TEXT,
      received_at TEXT NOT NULL,
      PRIMARY KEY (device, seq)
    ) STRICT;
    CREATE TRIGGER links_stay BEFORE UPDATE ON links
      BEGIN SELECT RAISE (ABORT, 'a link does not change'); END;
    CREATE TRIGGER links_remain BEFORE DELETE ON links
      BEGIN SELECT RAISE (ABORT, 'a link is not deleted'); END;
  `,
};
