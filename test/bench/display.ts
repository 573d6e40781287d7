import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Watch, Watched } from './display-watch.ts';

/** Room for two windows of 1366×768 beside each other. */
const SCREEN = '2760x800x24';

/** A display whose pixels can be read while they change. */
export type Display = {
  readonly name: string;
  /**
   * Watches rectangles of the screen from now on. `settled` resolves when each has changed and nothing has moved for
   * `quiet` ms, or after `patience` ms.
   */
  readonly watch: (what: Omit<Watch, 'file'>) => Promise<{ readonly settled: Promise<Watched> }>;
  readonly close: () => Promise<void>;
};

/**
 * Starts an X server that keeps its frame buffer in a file, and a thread that reads it: what is seen there is what a
 * screen would show, whatever the page believes.
 * @throws Error where there is no Xvfb
 */
export async function openDisplay(): Promise<Display> {
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = await mkdtemp(join(base, 'review-desk-display-'));
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-fbdir', folder];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
    server.once('error', () => resolve());
  });
  const number = await Promise.race([
    new Promise<string>((resolve) => server.stdio[3]?.once('data', (text) => resolve(String(text).trim()))),
    ended.then(() => null),
  ]);
  if (number === null) {
    await rm(folder, { recursive: true, force: true });
    throw new Error('this measurement reads the pixels of an Xvfb, and none starts here');
  }
  const file = join(folder, 'Xvfb_screen0');
  const watcher = new Worker(new URL('./display-watch.ts', import.meta.url));
  let said: (message: unknown) => void = () => undefined;
  watcher.on('message', (message) => said(message));
  watcher.on('error', (error) => {
    throw error;
  });
  const next = <T>() =>
    new Promise<T>((resolve) => {
      said = (message) => resolve(message as T);
    });
  return {
    name: `:${number}`,
    watch: async (what) => {
      const ready = next<'watching'>();
      watcher.postMessage({ ...what, file } satisfies Watch);
      await ready;
      return { settled: next<Watched>() };
    },
    close: async () => {
      await watcher.terminate();
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
