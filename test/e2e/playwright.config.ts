import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';
import type { DeskOptions } from './desk.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packed = process.env.REVIEW_DESK_PACKED_APP;

/**
 * Projects: `desk` is everything on the built app. `sandboxed` repeats what is about security with Chromium's sandbox
 * on, so it runs as an ordinary user. `packed` runs the main story and the security list on the packed app.
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
    { name: 'desk', testIgnore: '**/packed/**' },
    { name: 'sandboxed', testMatch: ['security.spec.ts', '**/*.sandboxed.spec.ts'] },
    ...(packed ? [{ name: 'packed', testMatch: ['packed/**/*.spec.ts'], use: { packed } }] : []),
  ],
});
