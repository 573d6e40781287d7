import { sampleFolder } from './sample.ts';

/** Playwright's global set-up: fills the sample once, before two workers ask for it. */
export default async function fillSample(): Promise<void> {
  await sampleFolder();
}
