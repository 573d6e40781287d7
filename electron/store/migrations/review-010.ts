import type Database from 'better-sqlite3';
import { gramsOf } from '../../queue/columns.ts';
import type { Migration } from './migration.ts';

/** What a name is found by, for the submissions that are here already. */
function fill(db: Database.Database): void {
  const rows = db.prepare<[], { id: string; name: string }>('SELECT id, name FROM submissions').all();
  const insert = db.prepare(
    'INSERT INTO name_grams (gram, place, submission) SELECT ?, deadline_key, id FROM submissions WHERE id = ?',
  );
  for (const { id, name } of rows) for (const gram of gramsOf(name)) insert.run(gram, id);
}

/** The parts of names in the order of the queue: among a million candidates two thousand share two characters. */
export const review010: Migration = {
  version: 10,
  up: (db) => {
    db.exec(`
DROP TABLE name_grams;
-- Up to three neighbouring characters of a name; place: the submission's deadline_key.
CREATE TABLE name_grams (
  gram TEXT NOT NULL,
  place TEXT NOT NULL,
  submission TEXT NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
  PRIMARY KEY (gram, place, submission)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_grams_by_submission ON name_grams (submission);
CREATE TRIGGER name_grams_move AFTER UPDATE OF deadline_key ON submissions WHEN NEW.deadline_key <> OLD.deadline_key BEGIN
  UPDATE name_grams SET place = NEW.deadline_key WHERE submission = NEW.id;
END;
`);
    fill(db);
  },
};
