// `npm run dist`: installers for this platform; `npm run dist -- --dir`: the unpacked app.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronEnvironment } from '../setup/environment.mjs';
import { provideForeignModules } from '../setup/foreign-modules.mjs';
import { ask, run, runQuietly } from '../setup/processes.mjs';
import { say, ticking } from '../setup/report.mjs';
import { buildApp } from './build.mjs';

const LINUX_INSTALLERS = ['AppImage', 'deb'];

/** What electron-builder is told besides electron-builder.yml: which Electron, and the database module that fits it. */
function packagingFor({ electron, sqlite }) {
  const config = { extends: 'electron-builder.yml' };
  // Installers for another processor need another Electron than the one at hand, which electron-builder then fetches.
  if (process.platform === 'linux' || !electron.ships) {
    config.electronDist = electron.folder;
    config.electronVersion = electron.versions.electron;
  }
  if (sqlite) config.extraResources = [{ from: sqlite, to: 'better_sqlite3.node' }];
  return config;
}

/** Runs `work` with electron-builder's command line and its environment. */
async function withBuilder(root, ready, work) {
  const config = join(root, 'out', 'electron-builder.json');
  writeFileSync(config, JSON.stringify(packagingFor(ready)));
  const { env } = ready;
  const builder = [join(root, 'node_modules', 'electron-builder', 'cli.js'), '--config', config, '--publish', 'never'];
  const options = {
    cwd: root,
    env: { ...env, CSC_IDENTITY_AUTO_DISCOVERY: env.CSC_IDENTITY_AUTO_DISCOVERY ?? 'false' },
  };
  if (ask('fpm', ['--version']) !== null) options.env.USE_SYSTEM_FPM = 'true';
  try {
    return await work(builder, options);
  } finally {
    rmSync(config, { force: true });
  }
}

/** The folder that electron-builder unpacks this machine's app into. */
function unpackedFolder(root) {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') return join(root, 'dist', `mac${arch}`);
  return join(root, 'dist', `${process.platform === 'win32' ? 'win' : 'linux'}${arch}-unpacked`);
}

/** The executable of the unpacked app, inside its folder. */
export function packedExecutable() {
  if (process.platform === 'darwin') return join('Review Desk.app', 'Contents', 'MacOS', 'Review Desk');
  return process.platform === 'win32' ? 'Review Desk.exe' : 'review-desk';
}

/**
 * Packs the built app, unpacked, for this machine.
 * @param {{ env: NodeJS.ProcessEnv, electron: import('../setup/electron.mjs').Electron, sqlite: string | null }} ready
 * @returns {Promise<string | null>} its folder, or null when it could not be made (the reason has been printed)
 */
export async function packApp(root, ready) {
  const { code, output } = await withBuilder(root, ready, (builder, options) =>
    runQuietly(process.execPath, [...builder, '--dir', `--${process.arch}`], options),
  );
  const folder = unpackedFolder(root);
  if (code === 0 && existsSync(join(folder, packedExecutable()))) return folder;
  process.stdout.write(output);
  return null;
}

/** The line of electron-builder's output that says why it stopped. */
function cause(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const line = lines.find((text) => text.startsWith('⨯')) ?? lines.findLast((text) => text !== '') ?? 'no reason given';
  const [what] = line.replace(/^⨯\s*/, '').split(/ failedTask=| stackTrace=/);
  return what.replace(/\s+/g, ' ').slice(0, 160);
}

/** Linux installers out of the unpacked app, each by itself: where the tools of one can't be had it is left out. */
async function linuxInstallers(root, ready, folder) {
  const log = join(root, 'dist', 'installers.log');
  rmSync(log, { force: true });
  let left = 0;
  for (const target of LINUX_INSTALLERS) {
    const { code, output } = await withBuilder(root, ready, (builder, options) =>
      ticking(`Making the ${target}`, () =>
        runQuietly(process.execPath, [...builder, '--linux', target, '--prepackaged', folder], options),
      ),
    );
    if (code === 0) {
      say(`${target}: made, in dist/`);
    } else {
      left += 1;
      writeFileSync(log, output, { flag: 'a' });
      say(`${target}: not made here: ${cause(output)} (dist/installers.log)`);
    }
  }
  if (left > 0)
    say('The tools for installers come from the network; ELECTRON_BUILDER_BINARIES_MIRROR names a mirror of them');
}

/** The command; its exit code. */
export async function dist(root, args) {
  const ready = await electronEnvironment(root);
  const built = await buildApp(root, ready.env);
  if (built !== 0) return built;
  if (!ready.electron.ships) {
    say(`Packing with Electron ${ready.electron.versions.electron}: to try things out here, not for users`);
  }
  if (process.platform === 'linux' || args.includes('--dir')) {
    const folder = await packApp(root, ready);
    if (!folder) return 1;
    say(`The unpacked app: ${join(folder, packedExecutable())}`);
    if (!args.includes('--dir')) await linuxInstallers(root, ready, folder);
    return 0;
  }
  await provideForeignModules(root);
  return withBuilder(root, ready, (builder, options) => run(process.execPath, [...builder, ...args], options));
}
