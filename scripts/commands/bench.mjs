// `npm run bench [-- name]`: measurements, one JSON line each.
import { join } from 'node:path';
import { electronEnvironment, withDisplay } from '../setup/environment.mjs';
import { run } from '../setup/processes.mjs';
import { buildApp } from './build.mjs';

/** The command; its exit code. */
export async function bench(root, args) {
  const { env } = await electronEnvironment(root);
  const built = await buildApp(root, env);
  if (built !== 0) return built;
  const main = join(root, 'test', 'bench', 'main.ts');
  return withDisplay(env, (shown) => run(process.execPath, [main, ...args], { cwd: root, env: shown }));
}
