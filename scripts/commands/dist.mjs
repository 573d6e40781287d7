// `npm run dist`: installers for this platform; `npm run dist -- --dir`: the unpacked app.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronEnvironment } from '../setup/environment.mjs';
import { provideForeignModules } from '../setup/foreign-modules.mjs';
import { run, runQuietly } from '../setup/processes.mjs';
import { say } from '../setup/report.mjs';
import { buildApp } from './build.mjs';

/** What electron-builder is told besides electron-builder.yml: which Electron, and the database module that fits it. */
function packagingFor(electron, sqlite) {
  const config = { extends: 'electron-builder.yml' };
  const ownPlatformOnly = process.platform === 'linux' || !electron.ships;
  if (ownPlatformOnly) {
    config.electronDist = electron.folder;
    config.electronVersion = electron.versions.electron;
  }
  if (sqlite) config.extraResources = [{ from: sqlite, to: 'better_sqlite3.node' }];
  return config;
}

/** The line of electron-builder's output that says why it stopped. */
function cause(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const line = lines.find((text) => /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|cannot|failed|⨯/i.test(text));
  return (line ?? lines.at(-1) ?? 'no reason given').replace(/^[•⨯]\s*/, '').slice(0, 200);
}

/** The command; its exit code. */
export async function dist(root, args) {
  const { env, electron, sqlite } = await electronEnvironment(root);
  const built = await buildApp(root, env);
  if (built !== 0) return built;
  if (!electron.ships) say(`Packing with Electron ${electron.versions.electron}: for trying out here, not for users`);
  if (process.platform !== 'linux' && !args.includes('--dir')) await provideForeignModules(root);
  const config = join(root, 'out', 'electron-builder.json');
  writeFileSync(config, JSON.stringify(packagingFor(electron, sqlite)));
  const builder = [join(root, 'node_modules', 'electron-builder', 'cli.js'), '--config', config, '--publish', 'never'];
  const options = {
    cwd: root,
    env: { ...env, CSC_IDENTITY_AUTO_DISCOVERY: env.CSC_IDENTITY_AUTO_DISCOVERY ?? 'false' },
  };
  try {
    const unpacked = await run(
      process.execPath,
      [...builder, '--dir', ...args.filter((arg) => arg !== '--dir')],
      options,
    );
    if (unpacked !== 0 || args.includes('--dir')) return unpacked;
    return await installers(root, builder, args, options);
  } finally {
    rmSync(config, { force: true });
  }
}

/** Makes the installers from a complete build; where their tools can't be had the unpacked app has to do. */
async function installers(root, builder, args, options) {
  const { code, output } = await runQuietly(process.execPath, [...builder, ...args], options);
  if (code === 0) {
    process.stdout.write(output);
    return 0;
  }
  const log = join(root, 'dist', 'installers.log');
  writeFileSync(log, output);
  say(`No installers here: ${cause(output)} (all of it in dist/installers.log); the unpacked app is in dist/`);
  return existsSync(join(root, 'dist')) ? 0 : code;
}
