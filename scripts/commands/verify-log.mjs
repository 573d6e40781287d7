// `npm run verify-log -- FILE`: checks an exported log, without service or app.
import { join } from 'node:path';
import { installDependencies } from '../setup/dependencies.mjs';
import { run } from '../setup/processes.mjs';

/** The command; its exit code: 0 only when the log is whole and its signature holds. */
export async function verifyLog(root, args) {
  await installDependencies(root);
  return run(process.execPath, [join(root, 'scripts', 'verify-log.ts'), ...args]);
}
