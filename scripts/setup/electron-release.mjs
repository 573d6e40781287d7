// The official Electron: what package.json names, from its release page or from a mirror.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { alone, cached, publish } from './cache.mjs';
import { download } from './download.mjs';
import { SetupError, say } from './report.mjs';

const RELEASES = 'https://github.com/electron/electron/releases/download/';
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;
/** Bytes a second under which another way is the shorter one. */
const SLOWEST = 50_000;

/** Unzips by the same module that the electron package uses. */
export async function unzip(root, file, folder) {
  const fromElectron = createRequire(join(root, 'node_modules', 'electron', 'package.json'));
  const { extract } = fromElectron('@electron-internal/extract-zip');
  await extract(file, { dir: folder });
}

/** The executable inside an Electron's folder. */
export function electronExecutable() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The version of the electron package that is installed. */
export function wantedVersion(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version;
}

/** The folder that the electron package's own installer fills, when it is complete and of the wanted version. */
export function installedElectron(root) {
  const folder = join(root, 'node_modules', 'electron', 'dist');
  try {
    const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
    return version === wantedVersion(root) && existsSync(join(folder, electronExecutable())) ? folder : null;
  } catch {
    return null;
  }
}

function address(version, file) {
  const env = process.env;
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? RELEASES;
  const custom = env.ELECTRON_CUSTOM_DIR ?? env.npm_config_electron_custom_dir ?? 'v{{ version }}';
  const folder = custom.replace(/\{\{\s*version\s*\}\}/, version);
  return `${mirror.endsWith('/') ? mirror : `${mirror}/`}${folder}/${file}`;
}

/** Why the last try failed, when it was less than a day ago, at the same address, and nobody asks for another. */
function failedLately(note, url) {
  if (process.env.REVIEW_DESK_RETRY_ELECTRON === '1' || !existsSync(note)) return null;
  if (Date.now() - statSync(note).mtimeMs > RETRY_AFTER_MS) return null;
  try {
    const { url: tried, why } = JSON.parse(readFileSync(note, 'utf8'));
    return tried === url ? why : null;
  } catch {
    return null;
  }
}

/**
 * The official Electron in the cache, fetched when it isn't there. A failure is remembered for a day, so that later
 * runs don't wait for it again; REVIEW_DESK_RETRY_ELECTRON=1 or another ELECTRON_MIRROR tries at once.
 * @returns {Promise<{ folder: string } | { why: string }>} where it is, or why it can't be had
 */
export async function releasedElectron(root) {
  const version = wantedVersion(root);
  const zip = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const name = `electron-${version}-${process.platform}-${process.arch}`;
  if (existsSync(cached(name, electronExecutable()))) return { folder: cached(name) };
  const url = address(version, zip);
  const note = cached(`${name}.failed.json`);
  const earlier = failedLately(note, url);
  if (earlier) return { why: `${earlier} (tried in the last 24 hours; REVIEW_DESK_RETRY_ELECTRON=1 tries again)` };
  const checksum = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'checksums.json'), 'utf8'))[zip];
  if (!checksum) return { why: `there is no Electron ${version} for ${process.platform} ${process.arch}` };
  return alone(async () => {
    if (existsSync(cached(name, electronExecutable()))) return { folder: cached(name) };
    const file = cached('downloads', zip);
    try {
      if (!existsSync(file)) {
        await download({
          url,
          file,
          integrity: `sha256-${Buffer.from(checksum, 'hex').toString('base64')}`,
          label: `Electron ${version}`,
          next: 'set ELECTRON_MIRROR to a mirror that can be reached',
          attempts: 2,
          slowest: SLOWEST,
        });
      }
      say(`Electron ${version}: unpacking`);
      const folder = await publish(name, (incoming) => unzip(root, file, incoming));
      rmSync(file, { force: true });
      rmSync(note, { force: true });
      return { folder };
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      const why = `${error.message}: ${error.why}`;
      mkdirSync(cached(), { recursive: true });
      writeFileSync(note, JSON.stringify({ url, why, at: new Date().toISOString() }));
      return { why };
    }
  });
}
