// The database module for an Electron that is too old for the module's own binaries.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { alone, cached, publish } from './cache.mjs';
import { installBuildTools } from './debian.mjs';
import { nodeHeaders } from './node.mjs';
import { ask, runQuietly } from './processes.mjs';
import { SetupError, say, ticking } from './report.mjs';

/** The Node-API that the binaries inside better-sqlite3's package are made for. */
const PREBUILT_NAPI = 10;
/** Leaves the choice of a Node-API version to the one who loads the module, so that an older one can. */
const FLAGS = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL';
const TRY =
  "const D=require(process.argv[1]);const d=new D(':memory:',{nativeBinding:process.argv[2]});" +
  "if(d.prepare('select 6*7 as n').get().n!==42)process.exit(1)";

async function compile(root, folder, electron) {
  const require = createRequire(join(root, 'package.json'));
  const module = join(root, 'node_modules', 'better-sqlite3');
  const nodeGyp = require.resolve('node-gyp/bin/node-gyp.js');
  await installBuildTools();
  const headers = await nodeHeaders();
  const source = cached('incoming-sqlite-source');
  rmSync(source, { recursive: true, force: true });
  mkdirSync(join(source, 'node_modules'), { recursive: true });
  try {
    for (const part of ['package.json', 'binding.gyp', 'lib', 'src', 'deps']) {
      cpSync(join(module, part), join(source, part), { recursive: true });
    }
    const addonApi = createRequire(join(module, 'package.json')).resolve('node-addon-api/package.json');
    cpSync(join(addonApi, '..'), join(source, 'node_modules', 'node-addon-api'), { recursive: true });
    const { code, output } = await ticking('Building the database module', () =>
      runQuietly(
        process.execPath,
        [nodeGyp, 'rebuild', '--release', '--force_build=1', '--jobs=max', `--nodedir=${headers}`],
        { cwd: source, env: { ...process.env, CXXFLAGS: FLAGS } },
      ),
    );
    const built = join(source, 'build', 'Release', 'better_sqlite3.node');
    if (code !== 0 || !existsSync(built)) {
      const log = cached('sqlite-build.log');
      writeFileSync(log, output);
      throw new SetupError(
        'the database module could not be built',
        `node-gyp ended with ${code}: ${output.match(/error:? .*/i)?.[0] ?? 'no error line'}`,
        `read ${log}; on Linux python3, make and g++ are needed`,
      );
    }
    const works = ask(electron.executable, ['-e', TRY, module, built], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    if (works === null) {
      throw new SetupError(
        'the database module was built but does not work',
        `${electron.executable} could not open a database with it`,
        'use an Electron 35 or later (ELECTRON_MIRROR, or ELECTRON_OVERRIDE_DIST_PATH)',
      );
    }
    copyFileSync(built, join(folder, 'better_sqlite3.node'));
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

/**
 * The database module for this Electron: null when the package's own binaries fit, otherwise a file that was built
 * once for this machine.
 * @param {string} root
 * @param {import('./electron.mjs').Electron} electron
 * @returns {Promise<string | null>}
 * @throws {SetupError}
 */
export async function provideSqlite(root, electron) {
  const napi = Number(electron.versions.napi);
  if (napi >= PREBUILT_NAPI) return null;
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'better-sqlite3', 'package.json'), 'utf8'));
  const name = `sqlite-${version}-napi${napi}-${process.platform}-${process.arch}`;
  const file = cached(name, 'better_sqlite3.node');
  if (existsSync(file)) return file;
  if (process.platform !== 'linux') {
    throw new SetupError(
      `Electron ${electron.versions.electron} is too old for the database module`,
      `it has Node-API ${napi}, the module needs ${PREBUILT_NAPI}`,
      'use an Electron 35 or later: unset ELECTRON_OVERRIDE_DIST_PATH, or let it name such a one',
    );
  }
  return alone(async () => {
    if (existsSync(file)) return file;
    say(`Building the database module for Node-API ${napi} (once, about a minute)`);
    const began = Date.now();
    await publish(name, (folder) => compile(root, folder, electron));
    say(`Database module built in ${Math.round((Date.now() - began) / 1000)} s`);
    return file;
  });
}
