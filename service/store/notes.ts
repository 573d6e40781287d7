import type { Store } from './tables.ts';

/** A note that the service keeps for itself. */
export async function readNote(db: Store, key: string): Promise<string | null> {
  const row = await db.selectFrom('notes').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

/** Writes a note over the one before. */
export async function writeNote(db: Store, key: string, value: string): Promise<void> {
  await db
    .insertInto('notes')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
