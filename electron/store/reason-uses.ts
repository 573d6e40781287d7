import { z } from 'zod';
import { REASON_CODES, type ReasonCode } from '../../shared/catalogue/reasons.ts';
import { type Reader, sql } from './database.ts';

/** So many decisions back count; more would hold on to habits of another year. */
const LATELY = 1_000;

const Row = z.object({ code: z.enum(REASON_CODES), uses: z.number().int() });

/** How often the account gave each reason to a picture, in its latest decisions; withdrawn ones don't count. */
export function reasonUses(db: Reader): Partial<Record<ReasonCode, number>> {
  const rows = sql(
    db,
    `SELECT reason.value AS code, count(*) AS uses
     FROM (SELECT d.body FROM decisions d JOIN outbox o ON o.seq = d.seq
           WHERE o.state <> 'withdrawn' ORDER BY d.seq DESC LIMIT ${LATELY}) lately,
       json_each(lately.body, '$.act.reasons') reason
     WHERE json_extract(lately.body, '$.act.kind') = 'image.return'
     GROUP BY reason.value`,
  ).all();
  return Object.fromEntries(
    rows.flatMap((row) => {
      const { data } = Row.safeParse(row);
      return data ? [[data.code, data.uses]] : [];
    }),
  );
}
