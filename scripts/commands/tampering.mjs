// `npm run tampering`: the records are meddled with, and left alone as often; the last line is the report.
import { join } from 'node:path';
import { installDependencies } from '../setup/dependencies.mjs';
import { nodeEnvironment } from '../setup/environment.mjs';
import { run } from '../setup/processes.mjs';

/** The command; its exit code: 0 only when every tampering was found, and nothing where there was none. */
export async function tampering(root, args) {
  await installDependencies(root);
  return run(process.execPath, [join(root, 'test', 'tampering', 'main.ts'), ...args], {
    cwd: root,
    env: nodeEnvironment(),
  });
}
