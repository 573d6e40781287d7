// `npm run check`: types, and lint with format.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies } from '../setup/dependencies.mjs';
import { nodeEnvironment } from '../setup/environment.mjs';
import { runQuietly } from '../setup/processes.mjs';
import { say } from '../setup/report.mjs';

/** The command line of a package's program, run by this Node. */
export function program(root, ...path) {
  return join(root, 'node_modules', ...path);
}

const CHECKS = [
  { name: 'types', path: ['typescript', 'bin', 'tsc'], args: ['-b', '--pretty', 'false'] },
  {
    name: 'lint',
    path: ['@biomejs', 'biome', 'bin', 'biome'],
    args: ['ci', '.', '--error-on-warnings', '--colors=off'],
  },
];

/**
 * Runs the type check and lint side by side.
 * @returns {Promise<Array<{ name: string, ok: boolean, output: string, seconds: number }>>}
 */
export function checkSources(root, env) {
  return Promise.all(
    CHECKS.map(async ({ name, path, args }) => {
      const began = Date.now();
      const file = program(root, ...path);
      if (!existsSync(file)) return { name, ok: false, output: `${file} is missing\n`, seconds: 0 };
      const { code, output } = await runQuietly(process.execPath, [file, ...args], { cwd: root, env });
      return { name, ok: code === 0, output, seconds: (Date.now() - began) / 1000 };
    }),
  );
}

/** Prints how the checks went, with all that a failed one said. */
export function tell(checks) {
  for (const { name, ok, output, seconds } of checks) {
    if (!ok) process.stdout.write(`${output.trimEnd()}\n`);
    say(`${name}: ${ok ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s)`);
  }
}

/** The command; its exit code. */
export async function check(root) {
  await installDependencies(root);
  const checks = await checkSources(root, nodeEnvironment());
  tell(checks);
  return checks.every(({ ok }) => ok) ? 0 : 1;
}
