import { DeskMemory, type DeskMemoryChange } from '../../shared/memory.ts';
import { type Reader, sql, type Writer } from './database.ts';

const NAMES = Object.keys(DeskMemory.shape) as readonly (keyof DeskMemory)[];
const row = (name: string) => `memory.${name}`;

/** What the desk remembers; what can't be read, or is of another version, is as if it had never been. */
export function readMemory(db: Reader): DeskMemory {
  const read = sql<{ value: string }>(db, 'SELECT value FROM meta WHERE name = ?');
  const known = NAMES.flatMap((name) => {
    const value = read.get(row(name))?.value;
    const parsed = value === undefined ? null : DeskMemory.shape[name].safeParse(JSON.parse(value));
    return parsed?.success ? [[name, parsed.data]] : [];
  });
  return DeskMemory.parse(Object.fromEntries(known));
}

/** Remembers what is named. */
export function writeMemory(db: Writer, change: DeskMemoryChange): void {
  const write = sql(
    db,
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  for (const [name, value] of Object.entries(change)) {
    if (value !== undefined) write.run(row(name), JSON.stringify(value));
  }
}
