// `npm run service`: the candidate service by itself.
import { join } from 'node:path';
import { installDependencies } from '../setup/dependencies.mjs';
import { nodeEnvironment } from '../setup/environment.mjs';
import { run } from '../setup/processes.mjs';

/** The command; its exit code. */
export async function service(root, args) {
  await installDependencies(root);
  return run(process.execPath, [join(root, 'service', 'main.ts'), ...args], { cwd: root, env: nodeEnvironment() });
}
