import type { Migration } from './migration.ts';

/** Who may have a workstation's data key opened, and until when: the administrator's word, given at a reset. */
export const recovery: Migration = {
  version: 4,
  sql: `
    CREATE TABLE recovery_permits (
      account_id TEXT PRIMARY KEY REFERENCES accounts (id),
      allowed_until TEXT NOT NULL
    ) STRICT;
  `,
};
