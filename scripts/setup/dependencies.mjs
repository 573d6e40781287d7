// The packages of package-lock.json in node_modules.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './cache.mjs';
import { run } from './processes.mjs';
import { npm } from './registry.mjs';
import { SetupError, say, ticking } from './report.mjs';

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * Whether node_modules holds what the lock file asks for. npm writes the list of what it installed when it is
 * through, so a list that agrees also says that nothing was broken off. Packages for other platforms may be missing.
 */
export function dependenciesInPlace(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    if (!there) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

/**
 * Installs the dependencies when they are not in place. Packages run no scripts of their own (.npmrc).
 * @throws {SetupError}
 */
export async function installDependencies(root) {
  if (dependenciesInPlace(root)) return;
  if (!existsSync(join(root, 'package-lock.json'))) {
    throw new SetupError(
      'package-lock.json is missing',
      'the checkout is not complete',
      'git checkout package-lock.json',
    );
  }
  await alone(async () => {
    if (dependenciesInPlace(root)) return;
    say('Installing the dependencies (npm ci)');
    const began = Date.now();
    const [command, args, options] = npm(['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']);
    const code = await ticking('Installing the dependencies', () =>
      run(command, args, { ...options, cwd: root }),
    ).catch((error) => error.code);
    if (code !== 0) {
      throw new SetupError(
        'the dependencies could not be installed',
        `npm ci ended with ${code}; its own message is above`,
        'check the network and the registry (npm config get registry), and run the command again: it goes on from what was fetched',
      );
    }
    say(`Dependencies installed in ${Math.round((Date.now() - began) / 1000)} s`);
  });
}
