// Everything that a command needs before it can run, and the environment that its children get.
import { delimiter, dirname } from 'node:path';
import { installLibraries } from './debian.mjs';
import { installDependencies } from './dependencies.mjs';
import { hasDisplay, startDisplay } from './display.mjs';
import { provideElectron } from './electron.mjs';
import { say } from './report.mjs';
import { provideSqlite } from './sqlite.mjs';

/** Whether we are root on Linux, where Chromium refuses its sandbox. */
export function isRootOnLinux() {
  return process.platform === 'linux' && process.getuid() === 0;
}

/** The environment with the running Node first on the PATH, so that every child uses the same one. */
export function nodeEnvironment() {
  return { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}` };
}

/**
 * Gets an Electron that runs and a database module that fits it.
 * @param {string} root the checkout
 * @returns {Promise<{ env: NodeJS.ProcessEnv, electron: import('./electron.mjs').Electron, sqlite: string | null }>}
 * @throws {import('./report.mjs').SetupError}
 */
export async function electronEnvironment(root) {
  await installDependencies(root);
  await installLibraries(!hasDisplay());
  const electron = await provideElectron(root);
  const sqlite = await provideSqlite(root, electron);
  const env = {
    ...nodeEnvironment(),
    ELECTRON_OVERRIDE_DIST_PATH: electron.folder,
    ELECTRON_EXEC_PATH: electron.executable,
  };
  if (sqlite) env.REVIEW_DESK_SQLITE_BINDING = sqlite;
  if (isRootOnLinux()) env.REVIEW_DESK_NO_SANDBOX = '1';
  return { env, electron, sqlite };
}

/**
 * Runs `work` with a display: the one that is there, otherwise an Xvfb that ends with it.
 * @template T
 * @param {NodeJS.ProcessEnv} env
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDisplay(env, work) {
  if (hasDisplay()) return work(env);
  const { display, stop } = await startDisplay();
  say(`No display here: using Xvfb ${display}`);
  try {
    return await work({ ...env, DISPLAY: display });
  } finally {
    await stop();
  }
}
