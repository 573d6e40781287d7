import { join } from 'node:path';
import type { Step } from '../e2e/stories/main-job.ts';

/** One step of the report. `ms` is how long it took, `screenshot` the file beside the report. */
export type Seen = { readonly name: string; readonly seen: boolean; readonly ms: number; readonly screenshot: string };

/** Takes the steps down, with a picture of each; a failed one is taken down too and ends the tour. */
export function recorder(folder: string): { readonly steps: Seen[]; readonly step: Step } {
  const steps: Seen[] = [];
  const step: Step = async (name, page, act) => {
    const began = performance.now();
    const screenshot = `${String(steps.length + 1).padStart(2, '0')}-${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`;
    const record = async (seen: boolean) => {
      const ms = Math.round(performance.now() - began);
      await page.screenshot({ path: join(folder, screenshot) });
      steps.push({ name, seen, ms, screenshot });
      console.log(`${seen ? 'seen' : 'NOT SEEN'}  ${name} (${ms} ms)`);
    };
    try {
      const result = await act();
      await record(true);
      return result;
    } catch (error) {
      await record(false).catch(() => undefined);
      throw error;
    }
  };
  return { steps, step };
}
