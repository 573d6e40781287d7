// A Node that is new enough: it runs TypeScript as it is, and the tools of this project.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alone, cached, publish } from './cache.mjs';
import { unpackFromRegistry } from './registry.mjs';
import { SetupError, say } from './report.mjs';

const NODE = '24.21.0';
const PACKAGES = {
  'linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

/** Whether the Node that runs us will do: 22.18 or later of 22, or 24 and later. */
export function nodeIsNewEnough(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 22 && minor >= 18) || major >= 24;
}

async function fetchedNode() {
  const platform = `${process.platform}-${process.arch}`;
  const name = `node-${NODE}-${platform}`;
  if (existsSync(cached(name, 'bin', 'node'))) return cached(name);
  const integrity = PACKAGES[platform];
  if (!integrity) {
    throw new SetupError(
      `Node ${process.versions.node} is too old`,
      'this project needs Node 22.18 or later',
      'install the current Node from nodejs.org and run the command again',
    );
  }
  return alone(() => {
    if (existsSync(cached(name, 'bin', 'node'))) return cached(name);
    say(`Node ${process.versions.node} is too old for the tools; fetching Node ${NODE} once`);
    const wanted = { name: `node-${platform}`, version: NODE, integrity, label: `Node ${NODE}` };
    return publish(name, (folder) => unpackFromRegistry(wanted, folder));
  });
}

/**
 * The `node` to go on with: null when the running one will do.
 * @returns {Promise<string | null>} path of the executable
 * @throws {SetupError}
 */
export async function newerNode() {
  return nodeIsNewEnough() ? null : join(await fetchedNode(), 'bin', 'node');
}

/**
 * A folder with Node's headers (`include/node`) for building native modules: the running Node's own, or those of the
 * fetched one, which any Node-API module can be built with.
 * @throws {SetupError}
 */
export async function nodeHeaders() {
  const own = dirname(dirname(process.execPath));
  return existsSync(join(own, 'include', 'node', 'node_api.h')) ? own : fetchedNode();
}
