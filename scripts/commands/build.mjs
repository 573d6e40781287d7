// `npm run build`: the app in out/, when its sources have changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies } from '../setup/dependencies.mjs';
import { nodeEnvironment } from '../setup/environment.mjs';
import { run } from '../setup/processes.mjs';
import { say } from '../setup/report.mjs';

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];
const PRODUCTS = [
  'out/main/main.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'out/renderer/sign-in.json',
];

function* filesOf(path) {
  if (!existsSync(path)) return;
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    yield path;
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const inside = `${path}/${entry.name}`;
    if (entry.isDirectory()) yield* filesOf(inside);
    else yield inside;
  }
}

/** One hash of all that the build reads. */
function sourceHash(root) {
  const hash = createHash('sha256').update(process.env.NODE_ENV ?? '');
  for (const source of SOURCES) {
    for (const file of filesOf(join(root, source))) {
      const bytes = readFileSync(file);
      hash.update(`${file.slice(root.length)}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}

function builtHash(stamp) {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
}

/**
 * Builds the app into out/ unless what is there was built from these very sources.
 * @returns {Promise<number>} the exit code
 */
export async function buildApp(root, env, args = []) {
  const stamp = join(root, 'out', '.built-from');
  const hash = sourceHash(root);
  const complete = PRODUCTS.every((product) => existsSync(join(root, product)));
  if (args.length === 0 && complete && builtHash(stamp) === hash) {
    say('The app is built already');
    return 0;
  }
  rmSync(stamp, { force: true });
  say('Building the app');
  const began = Date.now();
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const code = await run(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], { cwd: root, env });
  if (code !== 0) return code;
  const missing = PRODUCTS.filter((product) => !existsSync(join(root, product)));
  if (missing.length > 0) {
    say(`The build ended without an error but did not make ${missing.join(', ')}`);
    return 1;
  }
  if (sourceHash(root) === hash) {
    mkdirSync(join(root, 'out'), { recursive: true });
    writeFileSync(stamp, hash);
  }
  say(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return 0;
}

/** The command; its exit code. */
export async function build(root, args) {
  await installDependencies(root);
  return buildApp(root, nodeEnvironment(), args);
}
