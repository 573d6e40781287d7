import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until a condition holds, looking every 10 ms.
 * @throws Error naming what was waited for, when it doesn't come about in time
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = 10_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(10);
  }
}
