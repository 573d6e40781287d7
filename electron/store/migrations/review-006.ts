import type Database from 'better-sqlite3';
import { gramsOf, reversed } from '../../queue/columns.ts';
import type { Migration } from './migration.ts';

/** What the search looks up, for the submissions that are here already. */
function fill(db: Database.Database): void {
  const rows = db
    .prepare<[], { id: string; name: string; registration: string; idNumber: string }>(
      'SELECT id, name, registration_number AS registration, id_number AS idNumber FROM submissions',
    )
    .all();
  const grams = db.prepare('INSERT INTO name_grams (gram, id) VALUES (?, ?)');
  const tails = db.prepare('UPDATE submissions SET registration_tail = ?, id_tail = ? WHERE id = ?');
  for (const { id, name, registration, idNumber } of rows) {
    for (const gram of gramsOf(name)) grams.run(gram, id);
    tails.run(reversed(registration), reversed(idNumber), id);
  }
}

const FACETS = `'open' || NEW.open || ' ' || NEW.status || ' begun' || (NEW.judged > 0) || ' again' || (NEW.round > 1)
  || ' others' || NEW.others`;
const OLD_FACETS = FACETS.replaceAll('NEW.', 'OLD.');

const COUNT_NEW = `
  INSERT INTO queue_tally (facets, open, status, begun, again, others, n)
  VALUES (${FACETS}, NEW.open, NEW.status, NEW.judged > 0, NEW.round > 1, NEW.others, 1)
  ON CONFLICT (facets) DO UPDATE SET n = n + 1;`;

/** Indexes by filter and place, a tally kept by triggers, and what a search looks up: the queue of a whole district. */
export const review006: Migration = {
  version: 6,
  up: (db) => {
    db.exec(`
DROP INDEX submissions_counts;
DROP INDEX submissions_absent;
CREATE INDEX submissions_open ON submissions (deadline_key, id) WHERE open = 1;
CREATE INDEX submissions_untouched ON submissions (deadline_key, id) WHERE open = 1 AND judged = 0;
CREATE INDEX submissions_begun ON submissions (deadline_key, id) WHERE open = 1 AND judged > 0;
CREATE INDEX submissions_again ON submissions (deadline_key, id) WHERE open = 1 AND round > 1;
CREATE INDEX submissions_others ON submissions (deadline_key, id) WHERE open = 1 AND others = 1;
CREATE INDEX submissions_parked ON submissions (deadline_key, id) WHERE parked > 0;
CREATE INDEX submissions_incomplete ON submissions (deadline_key, id) WHERE absent > 0;
CREATE INDEX submissions_in_status ON submissions (status, deadline_key, id);

-- Written backwards, so that an index finds what ends in something.
ALTER TABLE submissions ADD COLUMN registration_tail TEXT NOT NULL DEFAULT '';
ALTER TABLE submissions ADD COLUMN id_tail TEXT NOT NULL DEFAULT '';
CREATE INDEX submissions_by_registration_tail ON submissions (registration_tail);
CREATE INDEX submissions_by_id_tail ON submissions (id_tail);
CREATE INDEX submissions_by_initials ON submissions (initials);

-- Each character and each pair of neighbouring characters of a name.
CREATE TABLE name_grams (
  gram TEXT NOT NULL,
  id TEXT NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
  PRIMARY KEY (gram, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_grams_by_id ON name_grams (id);

-- How many submissions there are of each kind; the row 'parked' and the row 'incomplete' count across the kinds.
CREATE TABLE queue_tally (
  facets TEXT PRIMARY KEY,
  open INTEGER,
  status TEXT,
  begun INTEGER,
  again INTEGER,
  others INTEGER,
  n INTEGER NOT NULL CHECK (n >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO queue_tally (facets, open, status, begun, again, others, n)
  SELECT ${FACETS.replaceAll('NEW.', '')}, open, status, judged > 0, round > 1, others, count(*)
  FROM submissions GROUP BY 1;
INSERT INTO queue_tally (facets, n) SELECT 'parked', count(*) FROM submissions WHERE parked > 0;
INSERT INTO queue_tally (facets, n) SELECT 'incomplete', count(*) FROM submissions WHERE absent > 0;

CREATE TRIGGER submissions_come AFTER INSERT ON submissions BEGIN
  ${COUNT_NEW}
  UPDATE queue_tally SET n = n + 1 WHERE facets = 'parked' AND NEW.parked > 0;
  UPDATE queue_tally SET n = n + 1 WHERE facets = 'incomplete' AND NEW.absent > 0;
END;
CREATE TRIGGER submissions_go AFTER DELETE ON submissions BEGIN
  UPDATE queue_tally SET n = n - 1 WHERE facets = ${OLD_FACETS};
  UPDATE queue_tally SET n = n - 1 WHERE facets = 'parked' AND OLD.parked > 0;
  UPDATE queue_tally SET n = n - 1 WHERE facets = 'incomplete' AND OLD.absent > 0;
END;
CREATE TRIGGER submissions_move AFTER UPDATE OF open, status, judged, round, others ON submissions
WHEN ${FACETS} <> ${OLD_FACETS} BEGIN
  UPDATE queue_tally SET n = n - 1 WHERE facets = ${OLD_FACETS};
  ${COUNT_NEW}
END;
CREATE TRIGGER submissions_park AFTER UPDATE OF parked ON submissions WHEN (NEW.parked > 0) <> (OLD.parked > 0) BEGIN
  UPDATE queue_tally SET n = n + (NEW.parked > 0) - (OLD.parked > 0) WHERE facets = 'parked';
END;
CREATE TRIGGER submissions_fill AFTER UPDATE OF absent ON submissions WHEN (NEW.absent > 0) <> (OLD.absent > 0) BEGIN
  UPDATE queue_tally SET n = n + (NEW.absent > 0) - (OLD.absent > 0) WHERE facets = 'incomplete';
END;
`);
    fill(db);
  },
};
