import { setTimeout as pause } from 'node:timers/promises';
import type { Look } from './messages.ts';
import type { Station } from './station.ts';

/** Waits until something holds, but no longer than so many ms; whether it did. */
export async function within(ms: number, holds: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) return false;
    await pause(10);
  }
  return true;
}

/** Waits until something holds of what a workstation shows, asking for news meanwhile. */
export function shows(station: Pick<Station, 'desk' | 'look'>, holds: (look: Look) => boolean): Promise<boolean> {
  return within(3_000, async () => {
    if (holds(await station.look())) return true;
    await station.desk().tell({ kind: 'sync' });
    await pause(30);
    return false;
  });
}
