// Counts of tests, out of the reports that the test runners write.
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** No tests at all. */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** @param {Tally[]} tallies */
export function sum(tallies) {
  return tallies.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    NOTHING,
  );
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** A runner that says it failed has at least one failure, also where its report shows none. */
function atLeastOneFailure(tally, code) {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/**
 * The counts of a vitest JSON report. A file that could not even be loaded counts as one failure.
 * @returns {Tally}
 */
export function vitestTally(file, code) {
  const report = read(file);
  if (!report) return { ...NOTHING, failed: 1 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return atLeastOneFailure(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    },
    code,
  );
}

/**
 * The counts of a Playwright JSON report. A test that passed only when it was tried again has passed.
 * @returns {Tally}
 */
export function playwrightTally(file, code) {
  const report = read(file);
  if (!report) return { ...NOTHING, failed: 1 };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return atLeastOneFailure({ passed: expected + flaky, failed: unexpected, skipped }, code);
}

/** The names of the projects in a Playwright JSON report. */
export function playwrightProjects(file) {
  return read(file)?.config.projects.map(({ name }) => name) ?? [];
}
