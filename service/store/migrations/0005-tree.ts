import type { Migration } from './migration.ts';

/** The Merkle tree over the log: every perfect subtree by its level and place, level 0 being the entries. */
export const tree: Migration = {
  version: 5,
  sql: `
    CREATE TABLE log_nodes (
      level INTEGER NOT NULL,
      place INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (level, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER log_nodes_stay BEFORE UPDATE ON log_nodes
      BEGIN SELECT RAISE (ABORT, 'the tree only grows'); END;
    CREATE TRIGGER log_nodes_remain BEFORE DELETE ON log_nodes
      BEGIN SELECT RAISE (ABORT, 'the tree only grows'); END;
    CREATE INDEX audit_decisions ON audit (json_extract(facts, '$.decision')) WHERE kind = 'decision.answered';
  `,
};
