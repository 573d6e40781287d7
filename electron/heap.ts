import { setFlagsFromString } from 'node:v8';
import type { App } from 'electron';

/**
 * Keeps the heaps of main and of the pages near what is in use: V8 lets them grow with the memory of the computer, while
 * garbage waits. To be called before `ready`.
 */
export function keepHeapsSmall({ commandLine }: Pick<App, 'commandLine'>): void {
  // Room for new objects, MB, of two halves each; 8 by itself. And collected when a third has been added, not when twice as
  // much is there.
  commandLine.appendSwitch('js-flags', '--max-semi-space-size=2 --heap-growing-percent=33');
  // This process runs already: it can only be told not to grow that room any more.
  setFlagsFromString('--semi-space-growth-factor=1');
}
