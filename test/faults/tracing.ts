import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { endOf } from './desk.ts';

/** strace at work on a process. */
export type Tracing = {
  /** Ends it; tells whether the fault was put in. */
  readonly end: () => Promise<boolean>;
  readonly struck: () => boolean;
};

/** What strace is to do. */
export type TracingOptions = {
  /** Which system calls, separated by commas. */
  readonly calls: string;
  /** What happens in the n-th of them, counted for each thread: `error=EIO`, `signal=SIGKILL`; nothing without. */
  readonly fault?: { readonly what: string; readonly n: number };
  /** Where it writes what it sees. */
  readonly output: string;
  /** All threads, or the main one alone. */
  readonly threads: 'all' | 'main';
};

/** Attaches strace to a running process; resolves when it watches. */
export async function trace(pid: number, { calls, fault, output, threads }: TracingOptions): Promise<Tracing> {
  const all = threads === 'all' ? ['-f'] : [];
  const injecting = fault ? ['-e', `inject=${calls}:${fault.what}:when=${fault.n}`] : [];
  const args = [...all, '-y', '-s', '0', '-p', String(pid), '-o', output, '-e', `trace=${calls}`, ...injecting];
  writeFileSync(output, '');
  const child = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (text) => {
      if (String(text).includes('attached')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error('strace did not attach')));
  });
  const struck = () => {
    const seen = readFileSync(output, 'utf8');
    return seen.includes('(INJECTED)') || seen.includes('killed by SIGKILL');
  };
  return {
    struck,
    end: async () => {
      child.kill('SIGINT');
      // A tracer that was itself waiting for the thread that it has just killed may wait for ever.
      const ended = endOf(child);
      if ((await Promise.race([ended, pause(1_000, 'late')])) === 'late') child.kill('SIGKILL');
      await ended;
      return struck();
    },
  };
}

/** Whether strace is here and may attach to another process. */
export async function canTrace(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const sleeper = spawn('sleep', ['10'], { stdio: 'ignore' });
  try {
    if (sleeper.pid === undefined) return false;
    const tracer = spawn('strace', ['-p', String(sleeper.pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
    const attached = new Promise<boolean>((resolve) => {
      tracer.stderr.on('data', (text) => resolve(String(text).includes('attached')));
      tracer.once('error', () => resolve(false));
      tracer.once('exit', () => resolve(false));
    });
    const can = await Promise.race([attached, pause(5_000, false)]);
    tracer.kill('SIGINT');
    return can;
  } finally {
    sleeper.kill();
  }
}
