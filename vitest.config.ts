import { defineConfig } from 'vitest/config';

/** Tests of the service that are run a second time, on PostgreSQL: whatever goes through the database in its own way. */
const ON_BOTH = ['audit', 'claims', 'decisions', 'feed', 'levels', 'log', 'overview'].map(
  (name) => `test/integration/service/${name}.test.ts`,
);

export default defineConfig({
  test: {
    environment: 'node',
    // Processes, not threads: the native modules are loaded as in the shipped processes.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/integration/**/*.test.{ts,tsx}'],
          exclude: ['test/integration/postgresql/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgresql',
          include: ['test/integration/postgresql/**/*.test.ts', ...ON_BOTH],
          globalSetup: 'test/postgresql/for-tests.ts',
          setupFiles: 'test/postgresql/use.ts',
        },
      },
    ],
  },
});
