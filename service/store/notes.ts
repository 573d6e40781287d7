import { statement } from './statement.ts';
import type { Store } from './tables.ts';
import { type Change, together } from './together.ts';

/** A note that the service keeps for itself. */
export async function readNote(db: Store, key: string): Promise<string | null> {
  const row = await db.selectFrom('notes').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

const note = statement<{ key: string; value: string }, unknown>((db, value) =>
  db
    .insertInto('notes')
    .values({ key: value('key'), value: value('value') })
    .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
    .compile(),
);

/** A note over the one before, to be written. */
export function noted(key: string, value: string): Change {
  return { statement: note({ key, value }) };
}

/** Writes a note over the one before. */
export function writeNote(db: Store, key: string, value: string): Promise<void> {
  return together(db, [noted(key, value)]);
}
