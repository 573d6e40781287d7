// The folder outside the repository that keeps what was fetched or built once for this machine.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SetupError, say } from './report.mjs';

/** Where the cache is: $REVIEW_DESK_CACHE, or the place that the platform has for caches. */
export function cacheFolder() {
  const { REVIEW_DESK_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (REVIEW_DESK_CACHE) return REVIEW_DESK_CACHE;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'review-desk');
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'review-desk', 'Cache');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'review-desk');
}

/** A path in the cache. */
export function cached(...names) {
  return join(cacheFolder(), ...names);
}

/**
 * Fills a folder of the cache so that it is either complete or not there: `fill` works in a folder beside it, which
 * takes the final name when `fill` is through.
 * @param {string} name the folder's name in the cache
 * @param {(folder: string) => Promise<void>} fill
 */
export async function publish(name, fill) {
  const incoming = cached(`incoming-${name}`);
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { recursive: true });
  try {
    await fill(incoming);
    rmSync(cached(name), { recursive: true, force: true });
    renameSync(incoming, cached(name));
  } catch (error) {
    rmSync(incoming, { recursive: true, force: true });
    throw error;
  }
  return cached(name);
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the lock file, or says who has it: the other's process id, or 0 when that has ended. */
function takeLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return null;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder > 0) return lives(holder) ? holder : 0;
    // Its holder has not written its id yet, or died before it could.
    return Date.now() - statSync(file).mtimeMs < 10_000 ? -1 : 0;
  } catch {
    return -1;
  }
}

let held = false;

/** Runs `work` while no other command changes the cache or this checkout's dependencies; waits for one that does. */
export async function alone(work) {
  if (held) return work();
  const folder = cacheFolder();
  const file = join(folder, 'in-use');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new SetupError(
      `the cache folder ${folder} cannot be made`,
      error.message,
      'set REVIEW_DESK_CACHE to a folder that you can write to',
    );
  }
  let told = false;
  for (let holder = takeLock(file); holder !== null; holder = takeLock(file)) {
    if (holder === 0) {
      rmSync(file, { force: true });
      continue;
    }
    if (holder > 0 && !told) {
      say(`Another set-up is running (process ${holder}); waiting for it. If there is none, delete ${file}`);
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  held = true;
  const release = () => {
    held = false;
    rmSync(file, { force: true });
  };
  process.once('exit', release);
  try {
    for (const name of readdirSync(folder)) {
      if (name.startsWith('incoming-')) rmSync(join(folder, name), { recursive: true, force: true });
    }
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}
