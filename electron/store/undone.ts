import { z } from 'zod';
import { Aside } from '../../shared/aside.ts';
import { DecisionId, SubmissionId } from '../../shared/ids.ts';
import { Choice } from '../../shared/resolve.ts';
import { type Reader, sql, type Writer } from './database.ts';

/** What an undo took back, so that it can be done again. */
export const TakenBack = z.strictObject({
  /** The decision that was withdrawn; null when there was none. */
  decision: DecisionId.nullable(),
  /** The decision that was parked again, and what had been done about it. */
  parked: z.strictObject({ id: DecisionId, choice: Choice }).nullable(),
  /** The submission that was set aside (for a reason) or taken up again (null). */
  aside: z.strictObject({ submissionId: SubmissionId, aside: Aside.nullable() }).optional(),
});
export type TakenBack = z.infer<typeof TakenBack>;

/** No more than these are kept. */
const KEPT = 100;
const NAME = 'undone';

/** What can be done again, the last one taken back at the end. A list that can't be read is as if there were none. */
export function readUndone(db: Reader): TakenBack[] {
  const row = sql<{ value: string }>(db, 'SELECT value FROM meta WHERE name = ?').get(NAME);
  const parsed = row ? z.array(TakenBack).safeParse(JSON.parse(row.value)) : null;
  return parsed?.success ? parsed.data : [];
}

function write(db: Writer, list: readonly TakenBack[]): void {
  sql(db, 'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
    NAME,
    JSON.stringify(list.slice(-KEPT)),
  );
}

/** Notes what was taken back. */
export function pushUndone(db: Writer, taken: TakenBack): void {
  write(db, [...readUndone(db), taken]);
}

/** Takes the last one off the list; null when there is none. */
export function popUndone(db: Writer): TakenBack | null {
  const list = readUndone(db);
  const last = list.pop();
  if (last) write(db, list);
  return last ?? null;
}

/** After something new was done, what was undone before it is not done again. */
export function forgetUndone(db: Writer): void {
  if (readUndone(db).length > 0) write(db, []);
}
