import type { Migration } from './migration.ts';

/**
 * Who reviews what. A row stays when its claim is over, with its token and last holder, so that tokens only grow.
 * `shown`: the submission's document names the holder; what is over and still shown is looked for by `until`.
 * `decisions.claim`: who had the submission when a decision was not taken, so that the same answer can be given again.
 */
export const claims: Migration = {
  version: 3,
  sql: `
    CREATE TABLE claims (
      submission_id TEXT PRIMARY KEY REFERENCES submissions (id),
      token INTEGER NOT NULL CHECK (token >= 1),
      holder TEXT REFERENCES accounts (id),
      since TEXT NOT NULL,
      until TEXT NOT NULL,
      shown INTEGER NOT NULL CHECK (shown IN (0, 1)),
      CHECK (shown = 0 OR holder IS NOT NULL)
    ) STRICT;
    CREATE INDEX claims_shown ON claims (until) WHERE shown = 1;
    CREATE INDEX claims_by_holder ON claims (holder, until) WHERE shown = 1;
    CREATE TRIGGER claims_grow BEFORE UPDATE ON claims
      WHEN NEW.token < OLD.token OR (NEW.token = OLD.token AND NEW.holder IS NOT OLD.holder)
      BEGIN SELECT RAISE (ABORT, 'a token names one holder'); END;
    CREATE TRIGGER claims_remain BEFORE DELETE ON claims
      BEGIN SELECT RAISE (ABORT, 'tokens are never given anew'); END;

    ALTER TABLE decisions ADD COLUMN claim TEXT;
  `,
};
