import type { DeskMemory, DeskMemoryChange } from '../shared/memory.ts';
import { call } from './api.ts';
import { keys, queries } from './query.ts';

/** Remembers what is named. A comfort: a disk that fails here has its own warning, and work goes on. */
export function remember(change: DeskMemoryChange): void {
  queries.setQueryData<DeskMemory>(keys.memory, (before) => (before ? { ...before, ...stated(change) } : before));
  void call('remember', change).catch(() => undefined);
}

const stated = (change: DeskMemoryChange): Partial<DeskMemory> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
