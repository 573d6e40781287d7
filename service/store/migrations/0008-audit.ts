import type { Migration } from './migration.ts';

/**
 * What decisions are found by: derived from them, kept in their transaction, and evidence of nothing. `key` is the time
 * of receipt in ms × 1024, so that pages follow it and no two are the same. A tag is a fact by which is filtered
 * (`kind:image.lock`, `site:990101`); tables without a rowid have one index only, the one that the questions are put for.
 */
export const audit: Migration = {
  version: 8,
  sql: `
    CREATE TABLE decision_facts (
      key INTEGER PRIMARY KEY,
      decision_id TEXT NOT NULL UNIQUE REFERENCES decisions (id),
      submission_id TEXT NOT NULL,
      registration_number TEXT NOT NULL,
      name TEXT NOT NULL,
      account_id TEXT NOT NULL,
      level TEXT NOT NULL,
      at TEXT NOT NULL,
      kind TEXT NOT NULL,
      slot TEXT,
      reasons TEXT NOT NULL,
      words TEXT NOT NULL,
      outcome TEXT NOT NULL,
      problem TEXT,
      viewed_ms INTEGER,
      reopened INTEGER NOT NULL,
      found_status TEXT,
      found_round INTEGER
    ) STRICT;
    CREATE INDEX decision_facts_by_submission ON decision_facts (submission_id, key);
    CREATE TABLE audit_tags (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      n INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE decision_tags (
      tag INTEGER NOT NULL,
      key INTEGER NOT NULL,
      PRIMARY KEY (tag, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE audit_counts (
      place INTEGER NOT NULL,
      tag INTEGER NOT NULL,
      n INTEGER NOT NULL,
      PRIMARY KEY (place, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE decision_words USING fts5(
      grams, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0"
    );
    CREATE INDEX audit_by_subject ON audit (subject, n) WHERE subject IS NOT NULL;
  `,
};
