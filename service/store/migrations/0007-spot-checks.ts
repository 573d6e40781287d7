import type { Migration } from './migration.ts';

/** Spot checks: what was drawn, and what those who checked say. All of it only grows. */
export const spotChecks: Migration = {
  version: 7,
  sql: `
    CREATE TABLE spot_checks (
      id TEXT PRIMARY KEY,
      district TEXT NOT NULL,
      site TEXT,
      point TEXT,
      plan TEXT NOT NULL,
      drawn_by TEXT NOT NULL REFERENCES accounts (id),
      drawn_at TEXT NOT NULL,
      frame_size INTEGER NOT NULL,
      frame_sha256 TEXT NOT NULL
    ) STRICT;
    CREATE TABLE spot_items (
      check_id TEXT NOT NULL REFERENCES spot_checks (id),
      n INTEGER NOT NULL,
      decision_id TEXT NOT NULL REFERENCES decisions (id),
      PRIMARY KEY (check_id, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE spot_judgements (
      check_id TEXT NOT NULL,
      n INTEGER NOT NULL,
      place INTEGER NOT NULL CHECK (place IN (2, 3)),
      account_id TEXT NOT NULL REFERENCES accounts (id),
      verdict TEXT NOT NULL,
      body TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (check_id, n, place),
      UNIQUE (check_id, n, account_id),
      FOREIGN KEY (check_id, n) REFERENCES spot_items (check_id, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER spot_checks_stay BEFORE UPDATE ON spot_checks BEGIN SELECT RAISE (ABORT, 'a spot check does not change'); END;
    CREATE TRIGGER spot_checks_remain BEFORE DELETE ON spot_checks BEGIN SELECT RAISE (ABORT, 'a spot check is not deleted'); END;
    CREATE TRIGGER spot_items_stay BEFORE UPDATE ON spot_items BEGIN SELECT RAISE (ABORT, 'a sample does not change'); END;
    CREATE TRIGGER spot_items_remain BEFORE DELETE ON spot_items BEGIN SELECT RAISE (ABORT, 'a sample is not deleted'); END;
    CREATE TRIGGER spot_judgements_stay BEFORE UPDATE ON spot_judgements BEGIN SELECT RAISE (ABORT, 'a judgement does not change'); END;
    CREATE TRIGGER spot_judgements_remain BEFORE DELETE ON spot_judgements BEGIN SELECT RAISE (ABORT, 'a judgement is not deleted'); END;
    CREATE INDEX decisions_concluding ON decisions (received_at) WHERE outcome = 'applied'
      AND json_extract(canonical, '$.act.kind') IN ('submission.approve', 'submission.return', 'submission.refuse');
  `,
};
