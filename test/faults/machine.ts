import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInjection, KINDS, type Kind } from './kinds.ts';
import { buildJournal } from './power.ts';
import { canTrace } from './tracing.ts';

const quietly = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });

const works = (attempt: () => void): boolean => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};

/** A file system of its own in memory, for a profile. */
export type SmallDisk = {
  readonly folder: string;
  /** Takes all the room but so many bytes. */
  readonly fill: (spare: number) => void;
  readonly empty: () => void;
  readonly remove: () => void;
};

/** Mounts such a file system in a folder; takes the right to mount. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  quietly('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'review-desk-faults', folder);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: (spare) => {
      const block = Buffer.alloc(4096);
      writeFileSync(filler, Buffer.alloc(spare));
      const rest = join(folder, 'filler-rest');
      works(() => {
        for (;;) writeFileSync(rest, block, { flag: 'a' });
      });
      rmSync(filler);
    },
    empty: () => rmSync(join(folder, 'filler-rest'), { force: true }),
    remove: () => {
      works(() => quietly('umount', '-l', folder));
    },
  };
}

/** A network of its own, in which a service and its workstation talk over a loopback that loses packets. */
export type LossyNetwork = {
  /** Command that runs something in it. */
  readonly inside: readonly string[];
  readonly lose: (on: boolean) => void;
  /** Packets lost since the loss was turned on. */
  readonly lost: () => number;
  readonly remove: () => void;
};

const RULE = ['INPUT', '-i', 'lo', '-m', 'statistic', '--mode', 'random', '--probability', '0.2', '-j', 'DROP'];

/** Makes such a network; takes root. The name must be ours alone. */
export function makeLossyNetwork(name: string): LossyNetwork {
  quietly('ip', 'netns', 'add', name);
  const inside = ['ip', 'netns', 'exec', name];
  const run = (...args: readonly string[]) => quietly('ip', 'netns', 'exec', name, ...args);
  run('ip', 'link', 'set', 'lo', 'up');
  return {
    inside,
    lose: (on) => {
      run('iptables', on ? '-A' : '-D', ...RULE);
    },
    lost: () =>
      Number(/^\s*(\d+)/m.exec(run('iptables', '-L', 'INPUT', '-v', '-x', '-n').split('\n')[2] ?? '')?.[1] ?? 0),
    remove: () => {
      works(() => quietly('ip', 'netns', 'del', name));
    },
  };
}

/** What this machine can do. */
export type Machine = {
  readonly possible: readonly Kind[];
  readonly skipped: readonly Kind[];
  /** The library for power cuts. */
  readonly journal: string | null;
};

/** Tries what each kind needs. What can't be done here is skipped by name. */
export async function lookAtMachine(folder: string): Promise<Machine> {
  const linux = process.platform === 'linux';
  const trace = await canTrace();
  let journal: string | null = null;
  if (linux) works(() => (journal = buildJournal(folder)));
  const mount = linux && works(() => mountSmallDisk(join(folder, 'disk'), 1).remove());
  const network =
    linux &&
    works(() => {
      const made = makeLossyNetwork(`rd-faults-${process.pid}`);
      try {
        made.lose(true);
      } finally {
        made.remove();
      }
    });
  const can = (kind: Kind): boolean => {
    if (isInjection(kind)) return trace;
    if (kind === 'power-cut') return journal !== null;
    if (kind === 'disk-full') return mount;
    return kind === 'packet-loss' ? network : true;
  };
  return { journal, possible: KINDS.filter(can), skipped: KINDS.filter((kind) => !can(kind)) };
}
