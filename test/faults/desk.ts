import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { z } from 'zod';
import { type Command, Dump, Look, Reply, Worked } from './messages.ts';

/** The workstation said no; `code` is the failure's. */
export class DeskFailure extends Error {
  override readonly name = 'DeskFailure';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A workstation in a process of its own. */
export type Desk = {
  readonly pid: number;
  readonly open: (options: Omit<Extract<Command, { kind: 'open' }>, 'kind'>) => Promise<void>;
  /** Resolves with null when the process ended meanwhile. */
  readonly work: (options: Omit<Extract<Command, { kind: 'work' }>, 'kind'>) => Promise<Worked | null>;
  readonly look: () => Promise<Look>;
  readonly dump: () => Promise<Dump>;
  readonly tell: (command: Command) => Promise<void>;
  /** kill -9; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  readonly alive: () => boolean;
  /** Resolves with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
};

export type DeskSurroundings = {
  /** The file that Node runs. */
  readonly program: string;
  /** Command that runs the workstation inside something, as `ip netns exec`. */
  readonly inside: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where what it prints goes. */
  readonly output: string;
};

/** Starts a process that is ready to open a workstation. */
export async function startDesk({ program: entry, inside, env, output }: DeskSurroundings): Promise<Desk> {
  const [program = '', ...args] = [...inside, process.execPath, entry];
  const file = openSync(output, 'a');
  const child: ChildProcess = spawn(program, args, {
    stdio: ['ignore', file, file, 'ipc'],
    env: { ...process.env, ...env },
  });
  closeSync(file);
  const { pid } = child;
  if (pid === undefined) throw new Error('the workstation could not be started');
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let n = 0;
  let over = false;
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, signal) => {
      over = true;
      for (const { reject } of waiting.values()) reject(new DeskFailure('ended'));
      waiting.clear();
      resolve(signal);
    });
  });
  child.on('error', () => undefined);
  child.on('message', (message) => {
    const reply = Reply.parse(message);
    const asked = waiting.get(reply.n);
    waiting.delete(reply.n);
    if (reply.failure === null) asked?.resolve(reply.value);
    else asked?.reject(new DeskFailure(reply.failure));
  });
  const answer = (number: number) =>
    new Promise<unknown>((resolve, reject) => {
      if (over) reject(new DeskFailure('ended'));
      else waiting.set(number, { resolve, reject });
    });
  const ask = async (command: Command): Promise<unknown> => {
    n += 1;
    const answered = answer(n);
    if (child.connected) child.send({ n, command }, () => undefined);
    return answered;
  };
  const parsed = async <S extends z.ZodType>(schema: S, command: Command): Promise<z.output<S>> =>
    schema.parse(await ask(command));
  await answer(0);
  return {
    pid,
    open: async (options) => void (await ask({ kind: 'open', ...options })),
    work: async (options) => {
      try {
        return await parsed(Worked, { kind: 'work', ...options });
      } catch (error) {
        if (over) return null;
        throw error;
      }
    },
    look: () => parsed(Look, { kind: 'look' }),
    dump: () => parsed(Dump, { kind: 'dump' }),
    tell: async (command) => void (await ask(command)),
    kill: async () => {
      if (over) return;
      child.kill('SIGKILL');
      await ended;
    },
    alive: () => !over,
    ended,
  };
}

/** Processes that have loaded everything and opened nothing: starting one takes longer than a round may. */
export type Pool = {
  readonly take: () => Promise<Desk>;
  /** Gives back one whose workstation was closed. */
  readonly give: (desk: Desk) => void;
  readonly close: () => Promise<void>;
};

/** Opens a pool that keeps `spare` processes ready. */
export function openPool(surroundings: DeskSurroundings, spare: number): Pool {
  const ready: Promise<Desk>[] = [];
  const begin = () => {
    const starting = startDesk(surroundings);
    starting.catch(() => undefined);
    ready.push(starting);
  };
  const fill = () => {
    while (ready.length < spare) begin();
  };
  fill();
  return {
    take: async () => {
      const first = ready.shift() ?? startDesk(surroundings);
      fill();
      const desk = await first;
      return desk.alive() ? desk : startDesk(surroundings);
    },
    give: (desk) => {
      if (ready.length > spare) void desk.kill();
      else ready.unshift(Promise.resolve(desk));
    },
    close: async () => {
      for (const starting of ready.splice(0)) await (await starting).kill();
    },
  };
}

/** Resolves when a child process has ended. */
export async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
