import { type Reader, sql } from './database.ts';

/** No day has more conclusions. */
const MOST = 2_000;

/** When conclusions were made here since an instant (ISO 8601), newest first; withdrawn ones don't count. */
export function concludedSince(db: Reader, since: string): string[] {
  return sql<{ at: string }>(
    db,
    `SELECT json_extract(d.body, '$.madeAt') AS at FROM decisions d JOIN outbox o ON o.seq = d.seq
     WHERE o.state <> 'withdrawn' AND json_extract(d.body, '$.madeAt') >= @since
       AND json_extract(d.body, '$.act.kind') IN
         ('submission.approve', 'submission.return', 'submission.refuse', 'submission.send_back')
       AND d.seq > (SELECT max(0, coalesce(max(seq), 0) - 5000) FROM decisions)
     ORDER BY d.seq DESC LIMIT ${MOST}`,
  )
    .all({ since })
    .map(({ at }) => at);
}
