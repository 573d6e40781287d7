import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Facts of an event. Numbers, codes and ids of the desk only: never names, ID numbers, comments or paths of people. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;
export type Log = (event: string, facts?: Facts) => void;

const LARGEST_BYTES = 1_000_000;
const KEPT = 4;

/** A plain log, one JSON line an event, in at most five files of 1 MB. A log that can't be written stops nobody. */
export function openLog(folder: string, now: () => Date): Log {
  const path = join(folder, 'desk.log');
  return (event, facts = {}) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (existsSync(path) && statSync(path).size > LARGEST_BYTES) rotate(path);
      appendFileSync(path, `${JSON.stringify({ at: now().toISOString(), event, ...facts })}\n`, { mode: 0o600 });
    } catch {
      // The disk may be full: the decision's own failure is what the user hears of.
    }
  };
}

function rotate(path: string): void {
  for (let n = KEPT - 1; n >= 1; n -= 1) {
    if (existsSync(`${path}.${n}`)) renameSync(`${path}.${n}`, `${path}.${n + 1}`);
  }
  renameSync(path, `${path}.1`);
}
