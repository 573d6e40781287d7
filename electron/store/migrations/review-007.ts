import type { Migration } from './migration.ts';

const OWN = 'pictures, pictures_here, bytes, bytes_here';

/** The change of the tally by a submission that comes (`NEW`, +) or goes (`OLD`, -). */
const count = (row: 'NEW' | 'OLD', sign: '+' | '-') => `
  UPDATE picture_tally SET submissions = submissions ${sign} 1, complete = complete ${sign} (${row}.absent = 0),
    pictures = pictures ${sign} ${row}.pictures, here = here ${sign} ${row}.pictures_here,
    bytes = bytes ${sign} ${row}.bytes, bytes_here = bytes_here ${sign} ${row}.bytes_here;`;

/**
 * What the status bar counts, kept beside each submission and summed by triggers: counting 60,000 pictures anew held up
 * every start and every look for news. With it indexes for what is asked after each change.
 */
export const review007: Migration = {
  version: 7,
  up: (db) =>
    db.exec(`
ALTER TABLE submissions ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submissions ADD COLUMN pictures_here INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submissions ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submissions ADD COLUMN bytes_here INTEGER NOT NULL DEFAULT 0;

UPDATE submissions SET (${OWN}) = (
  SELECT count(*), coalesce(sum(here), 0), coalesce(sum(bytes), 0), coalesce(sum(bytes * here), 0)
  FROM (SELECT max(i.bytes) AS bytes, EXISTS (SELECT 1 FROM pictures p WHERE p.sha256 = i.sha256) AS here
        FROM submission_images i WHERE i.submission_id = submissions.id GROUP BY i.sha256)
  WHERE here OR NOT EXISTS (SELECT 1 FROM finished f WHERE f.submission_id = submissions.id AND f.purged = 1));

CREATE TABLE picture_tally (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  submissions INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  pictures INTEGER NOT NULL,
  here INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  bytes_here INTEGER NOT NULL
) STRICT;
INSERT INTO picture_tally (one, submissions, complete, pictures, here, bytes, bytes_here)
  SELECT 1, count(*), coalesce(sum(absent = 0), 0), coalesce(sum(pictures), 0), coalesce(sum(pictures_here), 0),
    coalesce(sum(bytes), 0), coalesce(sum(bytes_here), 0)
  FROM submissions;

CREATE TRIGGER picture_tally_come AFTER INSERT ON submissions BEGIN ${count('NEW', '+')} END;
CREATE TRIGGER picture_tally_go AFTER DELETE ON submissions BEGIN ${count('OLD', '-')} END;
CREATE TRIGGER picture_tally_move AFTER UPDATE OF absent, ${OWN} ON submissions BEGIN
  UPDATE picture_tally SET complete = complete + (NEW.absent = 0) - (OLD.absent = 0),
    pictures = pictures + NEW.pictures - OLD.pictures, here = here + NEW.pictures_here - OLD.pictures_here,
    bytes = bytes + NEW.bytes - OLD.bytes, bytes_here = bytes_here + NEW.bytes_here - OLD.bytes_here;
END;

-- Deadlines still to be decided on, and what is left of another epoch of the feed.
CREATE INDEX submissions_undecided ON submissions (deadline) WHERE open = 1 AND deadline IS NOT NULL;
CREATE INDEX submissions_by_epoch ON submissions (epoch);
`),
};
