// `npm test`: every check there is. Its last line is `N passed, N failed, N skipped`.
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { electronName } from '../setup/electron.mjs';
import { electronEnvironment, isRootOnLinux, withDisplay } from '../setup/environment.mjs';
import { run, runQuietly } from '../setup/processes.mjs';
import { say } from '../setup/report.mjs';
import { buildApp } from './build.mjs';
import { checkSources, tell } from './check.mjs';
import { packApp, packedExecutable } from './dist.mjs';
import { asOrdinaryUser, ordinaryUser } from './ordinary-user.mjs';
import { NOTHING, playwrightProjects, playwrightTally, sum, vitestTally } from './tally.mjs';

const E2E_CONFIG = 'test/e2e/playwright.config.ts';
/** The Playwright project whose tests need Chromium's sandbox, and so a user who is not root. */
const SANDBOXED = 'sandboxed';
const VITEST = ['node_modules', 'vitest', 'vitest.mjs'];
const PLAYWRIGHT = ['node_modules', 'playwright', 'cli.js'];

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(0)} s`;
}

/** Unit and integration tests. */
async function vitest(root, env, reports) {
  const file = join(reports, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const began = Date.now();
  const code = await run(process.execPath, [join(root, ...VITEST), ...args], { cwd: root, env });
  const tally = vitestTally(file, code);
  say(`unit and integration tests: ${tally.failed === 0 ? 'ok' : 'FAILED'} (${seconds(began)})`);
  return tally;
}

function playwrightArgs(folder, projects) {
  return [
    join(folder, ...PLAYWRIGHT),
    'test',
    '-c',
    E2E_CONFIG,
    '--reporter=list,json',
    ...projects.map((name) => `--project=${name}`),
  ];
}

/** The names of the end-to-end projects; none when the config can't be read, which the run itself then reports. */
async function e2eProjects(root, env, reports) {
  const file = join(reports, 'e2e-list.json');
  await runQuietly(
    process.execPath,
    [join(root, ...PLAYWRIGHT), 'test', '-c', E2E_CONFIG, '--list', '--reporter=json'],
    {
      cwd: root,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    },
  );
  return playwrightProjects(file);
}

async function e2eHere(root, env, reports, projects) {
  const file = join(reports, 'e2e.json');
  const code = await run(process.execPath, playwrightArgs(root, projects), {
    cwd: root,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  return playwrightTally(file, code);
}

async function e2eAsOrdinaryUser(root, env, user) {
  return asOrdinaryUser(root, env, user, async ({ folder, node }) => {
    const file = join(folder, 'e2e-sandboxed.json');
    const code = await node(playwrightArgs(folder, [SANDBOXED]), { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
    const left = join(folder, 'test-results');
    const kept = join(root, 'test-results', SANDBOXED);
    rmSync(kept, { recursive: true, force: true });
    if (existsSync(left)) cpSync(left, kept, { recursive: true });
    return playwrightTally(file, code);
  });
}

/** End-to-end tests: as whoever we are, and where that is root also as an ordinary user. */
async function e2e(root, env, reports) {
  const began = Date.now();
  const projects = await e2eProjects(root, env, reports);
  const split = isRootOnLinux() && projects.includes(SANDBOXED);
  const here = await e2eHere(root, env, reports, split ? projects.filter((name) => name !== SANDBOXED) : []);
  let apart = NOTHING;
  if (split) {
    const user = ordinaryUser();
    if (user) {
      say("The tests that need Chromium's sandbox, as an ordinary user:");
      apart = await e2eAsOrdinaryUser(root, env, user);
    } else {
      say("There is no ordinary user here to run the tests that need Chromium's sandbox");
      apart = { ...NOTHING, failed: 1 };
    }
  }
  say(`end-to-end tests: ${here.failed + apart.failed === 0 ? 'ok' : 'FAILED'} (${seconds(began)})`);
  return { here, apart };
}

function count({ passed, failed }) {
  return passed + failed;
}

function summary(electron, unit, { here, apart }) {
  const sandboxed = count(apart) > 0 ? `, ${count(apart)} of them as an ordinary user with Chromium's sandbox on` : '';
  return (
    `${electronName(electron)}: ${count(here) + count(apart)} end-to-end tests${sandboxed}; ` +
    `Node ${process.versions.node}: ${count(unit)} unit and integration tests`
  );
}

/** The command; its exit code. */
export async function test(root) {
  const ready = await electronEnvironment(root);
  const { electron } = ready;
  // A run starts some hundred processes and threads of the same modules: stripped and compiled once.
  const env = { ...ready.env, NODE_COMPILE_CACHE: join(root, 'out', 'compile-cache') };
  const began = Date.now();
  const reports = join(root, 'out', 'reports');
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  const [checks, unit] = await Promise.all([checkSources(root, env), vitest(root, env, reports)]);
  tell(checks);
  const sources = { ...NOTHING, failed: checks.filter(({ ok }) => !ok).length };

  let ends = { here: { ...NOTHING, failed: 1 }, apart: NOTHING };
  const packed = (await buildApp(root, env)) === 0 ? await packApp(root, ready) : null;
  if (packed) {
    say(`Packed the app: ${packed}`);
    const packedEnv = { ...env, REVIEW_DESK_PACKED_APP: join(packed, packedExecutable()) };
    ends = await withDisplay(packedEnv, (shown) => e2e(root, shown, reports));
  } else {
    say('The app could not be built and packed: no end-to-end test ran');
  }

  const all = sum([sources, unit, ends.here, ends.apart]);
  say(`All checks took ${seconds(began)}`);
  process.stdout.write(`${summary(electron, unit, ends)}\n`);
  process.stdout.write(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped\n`);
  return all.failed === 0 ? 0 : 1;
}
