import type { Migration } from './migration.ts';

/** What a level above the first has begun: not what the level before locked. */
export const review011: Migration = {
  version: 11,
  up: (db) =>
    db.exec(`
UPDATE submissions SET judged = (
  SELECT count(*) FROM documents d, json_each(d.effective, '$.images') i
  WHERE d.id = submissions.id AND i.value ->> 'state' <> 'locked'
) WHERE status IN ('point_approved', 'site_approved');
`),
};
