// The app that Electron loads when it is started as `electron [-r module]... [path] [args]`.
// It is an ES module on purpose: Electron holds back `ready` until its top-level await is over, so that the app
// it loads can still do what must come before `ready` (sandbox, schemes).
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);

function fail(reason) {
  process.stderr.write(`electron: ${reason}\n`);
  process.exit(1);
}

const modules = [];
let target = null;
const args = process.argv.slice(1);
for (let i = 0; i < args.length; i += 1) {
  const arg = args[i];
  if (arg === '-r' || arg === '--require') {
    i += 1;
    modules.push(args[i]);
  } else if (arg === '--version' || arg === '-v') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (!arg.startsWith('-')) {
    target = arg;
    break;
  }
}
if (target === null) fail('name the folder or the file of the app to run');

for (const module of modules) require(resolve(module));

const path = resolve(target);
const described = join(path, 'package.json');
let entry = path;
if (existsSync(described)) {
  const { name, productName, version, desktopName, main } = JSON.parse(readFileSync(described, 'utf8'));
  if (version) app.setVersion(version);
  if (productName ?? name) app.setName(productName ?? name);
  app.setDesktopName(desktopName ?? `${app.getName()}.desktop`);
  app.setAppPath(path);
  entry = join(path, main ?? 'index.js');
} else {
  app.setAppPath(dirname(path));
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
try {
  await import(pathToFileURL(require.resolve(entry)).href);
} catch (error) {
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
