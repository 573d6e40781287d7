import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';
import type { DeskOptions } from './desk.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packed = process.env.REVIEW_DESK_PACKED_APP;
const SECURITY = '**/security.spec.ts';
const MAIN_JOB = '**/e2e/main-job.spec.ts';

/**
 * Projects: `desk` is everything on the built app that no other one runs. `sandboxed` is what is about security, with
 * Chromium's sandbox on, so it runs as an ordinary user. `packed` runs the main story and the fuses of the packed app;
 * where there is none, `desk` has the main story.
 */
export default defineConfig<DeskOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: `${root}/test-results`,
  globalSetup: './fill-sample.ts',
  // An Electron and its service leave a core idle about half of the time.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  snapshotPathTemplate: '{testDir}/screens/{arg}{ext}',
  updateSnapshots: process.env.CI === undefined ? 'missing' : 'none',
  reporter: [['list'], ['json', { outputFile: `${root}/out/test-results/e2e.json` }]],
  projects: [
    { name: 'desk', testIgnore: ['**/packed/**', SECURITY, ...(packed ? [MAIN_JOB] : [])] },
    // One file, each test with a desk of its own.
    { name: 'sandboxed', testMatch: SECURITY, fullyParallel: true },
    ...(packed ? [{ name: 'packed', testMatch: ['packed/**/*.spec.ts'], use: { packed } }] : []),
  ],
});
