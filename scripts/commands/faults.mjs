// `npm run faults`: workstations and the service through everything that can go wrong; the last line is the report.
import { join } from 'node:path';
import { installDependencies } from '../setup/dependencies.mjs';
import { nodeEnvironment } from '../setup/environment.mjs';
import { run } from '../setup/processes.mjs';

/** The command; its exit code: 0 only when nothing was lost, doubled, stuck, silently merged or corrupt. */
export async function faults(root, args) {
  await installDependencies(root);
  return run(process.execPath, [join(root, 'test', 'faults', 'main.ts'), ...args], {
    cwd: root,
    env: nodeEnvironment(),
  });
}
