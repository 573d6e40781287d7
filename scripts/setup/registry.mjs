// Packages that are fetched by themselves, from the registry that npm is configured for.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.mjs';
import { accept, download } from './download.mjs';
import { ask, run } from './processes.mjs';
import { SetupError, say } from './report.mjs';

/** How npm is called: the npm that runs us, otherwise the one on the PATH. Answers with command, arguments, options. */
export function npm(args) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script) && existsSync(script)) return [process.execPath, [script, ...args], {}];
  return ['npm', args, process.platform === 'win32' ? { shell: true } : {}];
}

function setting(key) {
  const [command, args, options] = npm(['config', 'get', key, '--no-workspaces']);
  const value = ask(command, args, options);
  return value && value !== 'undefined' && value !== 'null' ? value : null;
}

function registryOf(name) {
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : null;
  const address = (scope && setting(`${scope}:registry`)) || setting('registry');
  if (!address)
    throw new SetupError(
      'npm does not say which registry it uses',
      'npm config get registry failed',
      'check that npm works',
    );
  return address.endsWith('/') ? address : `${address}/`;
}

/** npm's own way, for registries behind a proxy, a private certificate or a password: no resuming, but all of npm's settings. */
async function packByNpm(name, version, file) {
  mkdirSync(cached('downloads'), { recursive: true });
  const folder = mkdtempSync(join(cached('downloads'), 'pack-'));
  try {
    const [command, args, options] = npm(['pack', `${name}@${version}`, '--pack-destination', folder]);
    const code = await run(command, args, options).catch(() => 1);
    const made = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
    if (code !== 0 || !made) return false;
    renameSync(join(folder, made), `${file}.part`);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Fetches the tarball of a package's version and unpacks it.
 * @param {object} wanted
 * @param {string} wanted.name
 * @param {string} wanted.version
 * @param {string} wanted.integrity pinned, `sha512-<base64>`
 * @param {string} wanted.label what progress lines call it
 * @param {string} into an existing folder that gets the package's files
 * @throws {SetupError}
 */
export async function unpackFromRegistry({ name, version, integrity, label }, into) {
  const plain = name.slice(name.indexOf('/') + 1);
  const file = cached('downloads', `${plain}-${version}.tgz`);
  const wanted = {
    url: `${registryOf(name)}${name}/-/${plain}-${version}.tgz`,
    file,
    integrity,
    label,
    next: 'check the network, or choose another registry: npm config set registry <address>; then run the command again',
  };
  if (!existsSync(file)) {
    try {
      await download(wanted);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      say(`${label}: ${error.why}; asking npm itself (no progress is shown)`);
      if (!(await packByNpm(name, version, file))) throw error;
      await accept(file, integrity, label, 'npm');
    }
  }
  say(`${label}: unpacking`);
  const code = await run('tar', ['-xzf', file, '-C', into, '--strip-components=1']).catch(() => 127);
  if (code !== 0) {
    rmSync(file, { force: true });
    throw new SetupError(
      `${label} could not be unpacked`,
      `tar ended with ${code}`,
      'check that there is room on the disk and run the command again',
    );
  }
  rmSync(file, { force: true });
}
