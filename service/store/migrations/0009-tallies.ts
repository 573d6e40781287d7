import type { Migration } from './migration.ts';

const CONCLUSIONS = `'submission.approve', 'submission.return', 'submission.refuse', 'submission.send_back'`;

/** What one concluding decision adds to the tallies; days are those of Beijing. A return counts once for each reason. */
const added = (decision: string, where: string): string => `
  INSERT INTO conclusion_tally (district, site, point, account_id, level, kind, day, n)
    SELECT s.district, s.site, coalesce(s.point, ''), ${decision}.account_id, ${decision}.level,
      json_extract(${decision}.canonical, '$.act.kind'), date(${decision}.received_at, '+8 hours'), 1
    FROM ${where}
    ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO reason_tally (district, site, point, reason, n)
    SELECT DISTINCT s.district, s.site, coalesce(s.point, ''), said.value, 1
    FROM (
      SELECT r.value FROM json_each(${decision}.canonical, '$.act.images') i, json_each(i.value, '$.reasons') r
      UNION SELECT r.value FROM json_each(${decision}.canonical, '$.act.materials') m, json_each(m.value, '$.reasons') r
      UNION SELECT r.value FROM json_each(${decision}.canonical, '$.act.form.reasons') r
    ) said, ${where} AND json_extract(${decision}.canonical, '$.act.kind') = 'submission.return'
    ON CONFLICT DO UPDATE SET n = n + 1;`;

/**
 * Tallies for the overview, kept by a trigger, so that it reads hundreds of rows where the decisions are a million; and
 * the index that its counts of submissions are read from alone.
 */
export const tallies: Migration = {
  version: 9,
  sql: `
    CREATE TABLE conclusion_tally (
      district TEXT NOT NULL,
      site TEXT NOT NULL,
      point TEXT NOT NULL,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      level TEXT NOT NULL,
      kind TEXT NOT NULL,
      day TEXT NOT NULL,
      n INTEGER NOT NULL,
      PRIMARY KEY (district, site, point, account_id, level, kind, day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reason_tally (
      district TEXT NOT NULL,
      site TEXT NOT NULL,
      point TEXT NOT NULL,
      reason TEXT NOT NULL,
      n INTEGER NOT NULL,
      PRIMARY KEY (district, site, point, reason)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX submissions_overview ON submissions (district, site, point, status,
      json_extract(document, '$.round'), json_extract(document, '$.submittedAt'));

    CREATE TRIGGER decisions_tallied AFTER INSERT ON decisions
      WHEN NEW.outcome = 'applied' AND json_extract(NEW.canonical, '$.act.kind') IN (${CONCLUSIONS})
    BEGIN ${added('NEW', 'submissions s WHERE s.id = NEW.submission_id')}
    END;

    INSERT INTO conclusion_tally (district, site, point, account_id, level, kind, day, n)
      SELECT s.district, s.site, coalesce(s.point, ''), d.account_id, d.level,
        json_extract(d.canonical, '$.act.kind'), date(d.received_at, '+8 hours'), count(*)
      FROM decisions d JOIN submissions s ON s.id = d.submission_id
      WHERE d.outcome = 'applied' AND json_extract(d.canonical, '$.act.kind') IN (${CONCLUSIONS})
      GROUP BY 1, 2, 3, 4, 5, 6, 7;
    INSERT INTO reason_tally (district, site, point, reason, n)
      SELECT district, site, point, reason, count(*) FROM (
        SELECT DISTINCT d.id, s.district, s.site, coalesce(s.point, '') AS point, said.reason
        FROM (
          SELECT d.id, r.value AS reason FROM decisions d, json_each(d.canonical, '$.act.images') i, json_each(i.value, '$.reasons') r
          WHERE d.outcome = 'applied' AND json_extract(d.canonical, '$.act.kind') = 'submission.return'
          UNION SELECT d.id, r.value FROM decisions d, json_each(d.canonical, '$.act.materials') m, json_each(m.value, '$.reasons') r
          WHERE d.outcome = 'applied' AND json_extract(d.canonical, '$.act.kind') = 'submission.return'
          UNION SELECT d.id, r.value FROM decisions d, json_each(d.canonical, '$.act.form.reasons') r
          WHERE d.outcome = 'applied' AND json_extract(d.canonical, '$.act.kind') = 'submission.return'
        ) said JOIN decisions d ON d.id = said.id JOIN submissions s ON s.id = d.submission_id
      ) GROUP BY 1, 2, 3, 4;
  `,
};
