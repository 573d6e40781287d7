// Binaries of native modules for the other processor, for installers that are made for both.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './cache.mjs';
import { unpackFromRegistry } from './registry.mjs';

/** The packages in the lock file that hold a shipped module's binaries for this platform, whatever the processor. */
function binariesInLock(root, platform) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => /^node_modules\/(@img|@node-rs)\//.test(path) && entry.os?.includes(platform))
    .filter(([, entry]) => entry.cpu?.some((cpu) => cpu === 'x64' || cpu === 'arm64'))
    .map(([path, { version, integrity }]) => ({ path, name: path.slice('node_modules/'.length), version, integrity }));
}

/**
 * Puts the binaries that npm left out, because they are for another processor, into node_modules.
 * @throws {import('./report.mjs').SetupError}
 */
export async function provideForeignModules(root, platform = process.platform) {
  for (const { path, name, version, integrity } of binariesInLock(root, platform)) {
    const folder = join(root, path);
    if (existsSync(join(folder, 'package.json'))) continue;
    await alone(async () => {
      mkdirSync(folder, { recursive: true });
      try {
        await unpackFromRegistry({ name, version, integrity, label: `${name} ${version}` }, folder);
      } catch (error) {
        rmSync(folder, { recursive: true, force: true });
        throw error;
      }
    });
  }
}
