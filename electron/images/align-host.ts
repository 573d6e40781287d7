import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { Alignment } from '../../shared/similarity.ts';

/** Lays two pictures on each other; null when that could not be found out. */
export type Aligner = (before: Uint8Array, now: Uint8Array) => Promise<Alignment | null>;

/**
 * Aligns in a process of its own, started for each pair and ended with it: comparisons are rare, and hostile bytes may do
 * no harm there. One that takes longer than `patience` ms is given up.
 */
export function openAligner(start: () => UtilityProcess, patience: number): Aligner {
  return (before, now) =>
    new Promise((resolve) => {
      const child = start();
      const end = (alignment: Alignment | null) => {
        clearTimeout(timer);
        child.kill();
        resolve(alignment);
      };
      const timer = setTimeout(() => end(null), patience);
      child.once('exit', () => end(null));
      child.once('message', (message: unknown) => end(Alignment.safeParse(message).data ?? null));
      child.postMessage({ before, now });
    });
}

/** Starts the utility process that aligns. */
export function startAlignProcess(folder: string): UtilityProcess {
  return utilityProcess.fork(join(folder, 'align.js'), [], { serviceName: 'Review Desk Align', stdio: 'ignore' });
}
