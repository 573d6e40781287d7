// Runs tests as root's opposite: a user without rights, for whom Chromium keeps its sandbox on.
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ask, run } from '../setup/processes.mjs';

const USER = 'nobody';
/** Not copied: what the user neither needs nor may have, and what is linked instead. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'dist', 'test-results']);
/** The user's environment starts from nothing but these. */
const KEPT = ['LANG', 'LC_ALL', 'TZ', 'CI', 'DISPLAY'];

/** The numbers of the user, or null where there is no such user or no way to become it. */
export function ordinaryUser() {
  const uid = Number(ask('id', ['-u', USER]) ?? Number.NaN);
  const gid = Number(ask('id', ['-g', USER]) ?? Number.NaN);
  if (!Number.isInteger(uid) || !Number.isInteger(gid) || !existsSync('/usr/bin/setpriv')) return null;
  return { uid, gid };
}

/** A second name for every file of a large folder: no time, no room. A copy where the file system can't. */
async function link(from, to) {
  const linked = await run('cp', ['-al', from, to], { stdio: 'ignore' });
  if (linked === 0) return;
  rmSync(to, { recursive: true, force: true });
  await run('cp', ['-a', from, to]);
}

function giveTo({ uid, gid }, path) {
  chownSync(path, uid, gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) giveTo({ uid, gid }, inside);
    else if (entry.isFile()) chownSync(inside, uid, gid);
  }
}

function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/**
 * Links the folder of an app with Chromium in it. Its helper for systems on which ordinary users may not make
 * namespaces must be root's and setuid, so that one is a copy.
 */
async function linkApp(from, to) {
  await link(from, to);
  const helper = join(to, 'chrome-sandbox');
  if (existsSync(helper)) {
    rmSync(helper);
    copyFileSync(join(from, 'chrome-sandbox'), helper);
    chownSync(helper, 0, 0);
    chmodSync(helper, 0o4755);
  }
  return to;
}

/**
 * Lays out a checkout that the ordinary user can read and write, with node_modules, Electron, the packed app, the
 * database module and Node, and gives `work` a function that runs this Node there as that user.
 * @template T
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env the environment of the tests run as root
 * @param {{ uid: number, gid: number }} user
 * @param {(desk: { folder: string, node: (args: string[], more?: NodeJS.ProcessEnv) => Promise<number> }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function asOrdinaryUser(root, env, user, work) {
  const base = mkdtempSync(join(tmpdir(), 'review-desk-user-'));
  const folder = join(base, 'checkout');
  const home = join(base, 'home');
  const tools = join(base, 'tools');
  try {
    chmodSync(base, 0o755);
    for (const path of [folder, home, tools]) mkdirSync(path, { mode: 0o755 });
    for (const entry of readdirSync(root)) {
      if (!LEFT_OUT.has(entry)) cpSync(join(root, entry), join(folder, entry), { recursive: true });
    }
    giveTo(user, folder);
    giveTo(user, home);
    await link(join(root, 'node_modules'), join(folder, 'node_modules'));
    const electron = await linkApp(env.ELECTRON_OVERRIDE_DIST_PATH, join(tools, 'electron'));
    const packed = await linkApp(dirname(env.REVIEW_DESK_PACKED_APP), join(tools, 'packed'));
    const node = join(tools, basename(process.execPath));
    linkOrCopy(process.execPath, node);
    const own = {
      ...Object.fromEntries(KEPT.filter((name) => env[name]).map((name) => [name, env[name]])),
      HOME: home,
      USER,
      LOGNAME: USER,
      PATH: `${tools}:/usr/local/bin:/usr/bin:/bin`,
      ELECTRON_OVERRIDE_DIST_PATH: electron,
      ELECTRON_EXEC_PATH: join(electron, basename(env.ELECTRON_EXEC_PATH)),
      REVIEW_DESK_PACKED_APP: join(packed, basename(env.REVIEW_DESK_PACKED_APP)),
    };
    if (env.REVIEW_DESK_SQLITE_BINDING) {
      own.REVIEW_DESK_SQLITE_BINDING = join(tools, basename(env.REVIEW_DESK_SQLITE_BINDING));
      linkOrCopy(env.REVIEW_DESK_SQLITE_BINDING, own.REVIEW_DESK_SQLITE_BINDING);
    }
    const become = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--'];
    return await work({
      folder,
      node: (args, more = {}) => run('setpriv', [...become, node, ...args], { cwd: folder, env: { ...own, ...more } }),
    });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
