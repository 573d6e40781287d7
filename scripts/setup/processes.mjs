// Child processes: all of them are known, get the signals that we get, and none outlives this command.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';

/** Children that have not ended, and whether each is in the background. */
const running = new Map();
let stopping = false;

/** On Linux a child that is told to end when we are killed outright; elsewhere the command as it is. */
function leashed(command, args) {
  const setpriv = '/usr/bin/setpriv';
  if (process.platform !== 'linux' || !existsSync(setpriv)) return [command, args];
  return [setpriv, ['--pdeathsig', 'TERM', '--', command, ...args]];
}

/**
 * Starts a child that is stopped with us.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { background?: boolean }} [options] `background` keeps Ctrl-C
 *   from the child, which we then stop ourselves, after those that depend on it.
 */
export function start(command, args, { background = false, ...options } = {}) {
  const [file, all] = leashed(command, args);
  const child = spawn(file, all, {
    stdio: 'inherit',
    ...options,
    detached: background && process.platform !== 'win32',
  });
  running.set(child, background);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Waits for a child; its exit code, or 128 + the signal that ended it. Rejects when it could not be started. */
export function ended(child) {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null) return resolve(child.exitCode);
    if (child.signalCode !== null) return resolve(128 + (constants.signals[child.signalCode] ?? 0));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
    return undefined;
  });
}

/** Runs a command to its end; its exit code. */
export function run(command, args, options) {
  return ended(start(command, args, options));
}

/** Runs a command to its end; its exit code and everything that it printed, both streams in one. */
export async function runQuietly(command, args, options = {}) {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      output += text;
    });
  }
  const code = await ended(child);
  return { code, output };
}

/** What a short command prints, or null when it fails or does not exist. Blocks; for look-ups of some milliseconds. */
export function ask(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], ...options });
  return result.status === 0 ? result.stdout.trim() : null;
}

/** Ends a child: SIGTERM, and SIGKILL after `graceMs` milliseconds. */
export async function stop(child, graceMs = 5000) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = ended(child);
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone.catch(() => {});
  clearTimeout(killer);
}

/**
 * Passes the end of this command on to its children. Ctrl-C reaches children in the foreground by itself, so they
 * have some seconds to end before they are told again; those in the background go last.
 */
export function stopChildrenWithUs() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      const front = [...running].filter(([, background]) => !background).map(([child]) => child);
      if (signal !== 'SIGINT') for (const child of front) child.kill(signal);
      const patience = new Promise((resolve) => setTimeout(resolve, 5000));
      await Promise.race([Promise.allSettled(front.map(ended)), patience]);
      await Promise.allSettled([...running.keys()].map((child) => stop(child, 3000)));
      process.exit(128 + constants.signals[signal]);
    });
  }
  process.on('exit', () => {
    for (const child of running.keys()) child.kill('SIGKILL');
  });
}
