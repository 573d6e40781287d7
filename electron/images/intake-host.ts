import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { Derived, unreadable } from './derived.ts';

/** The process that looks at pictures, as far as its host is concerned. */
export type IntakeProcess = {
  readonly post: (message: { id: number; bytes: Uint8Array }) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onExit: (listener: () => void) => void;
  readonly kill: () => void;
};

/** Looks at pictures, as many at a time as it has cores for. */
export type Intake = {
  readonly derive: (bytes: Uint8Array) => Promise<Derived>;
  readonly close: () => void;
};

const Reply = z.strictObject({ id: z.number().int(), derived: Derived.nullable() });

/** How an intake behaves. */
export type IntakeOptions = {
  /** How long a picture may take, ms. */
  readonly patience: number;
  /** How many are looked at at a time. */
  readonly together: number;
  /** With nothing to look at for so long, ms, the process ends: most of a day it would only take memory. */
  readonly rest?: number;
};

/** How many pictures are looked at at a time here: on two cores, two in one process cost less memory than two processes. */
export function atATime(): number {
  return Math.min(2, availableParallelism());
}

type Job = {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly settle: (derived: Derived | null) => void;
  timer: NodeJS.Timeout | undefined;
};

/**
 * Runs the intake process and starts it again when it dies. A picture that kills it or takes too long is answered as
 * unreadable, so that one hostile file never stops the others; when several were being looked at, each of them is looked
 * at again on its own, so that only the culprit is.
 */
export function openIntake(start: () => IntakeProcess, { patience, together, rest = 30_000 }: IntakeOptions): Intake {
  let child: IntakeProcess | null = null;
  let last = 0;
  let closed = false;
  let resting: NodeJS.Timeout | undefined;
  const waiting: Job[] = [];
  /** Were being looked at when the process died: one of them did it. */
  const suspects: Job[] = [];
  const current = new Map<number, Job>();

  const finish = (job: Job, derived: Derived | null) => {
    clearTimeout(job.timer);
    current.delete(job.id);
    job.settle(derived);
  };

  /** The process has died or is ended: what it had is looked at again, unless it is clear which picture did it. */
  const died = () => {
    child = null;
    const lost = [...current.values()];
    for (const job of lost) {
      clearTimeout(job.timer);
      current.delete(job.id);
    }
    if (lost.length === 1) for (const job of lost) job.settle(null);
    else suspects.push(...lost);
    goOn();
  };

  const running = (): IntakeProcess => {
    if (child) return child;
    const started = start();
    started.onMessage((message) => {
      const reply = Reply.safeParse(message);
      const job = reply.success && child === started ? current.get(reply.data.id) : undefined;
      if (!reply.success || !job) return;
      finish(job, reply.data.derived);
      goOn();
    });
    started.onExit(() => {
      if (child === started) died();
    });
    child = started;
    return started;
  };

  const endProcess = () => {
    clearTimeout(resting);
    const process = child;
    child = null;
    process?.kill();
  };

  const begin = (job: Job) => {
    clearTimeout(resting);
    const process = running();
    current.set(job.id, job);
    job.timer = setTimeout(() => {
      process.kill();
      if (child === process) died();
    }, patience);
    process.post({ id: job.id, bytes: job.bytes });
  };

  const goOn = () => {
    if (suspects.length > 0) {
      const suspect = current.size === 0 ? suspects.shift() : undefined;
      if (suspect) begin(suspect);
      return;
    }
    while (current.size < together) {
      const job = waiting.shift();
      if (!job) break;
      begin(job);
    }
    if (current.size > 0) return;
    clearTimeout(resting);
    resting = setTimeout(endProcess, rest);
    resting.unref();
  };

  return {
    derive: (bytes) =>
      new Promise((resolve) => {
        if (closed) return resolve(unreadable(bytes));
        last += 1;
        const settle = (derived: Derived | null) => resolve(derived ?? unreadable(bytes));
        waiting.push({ id: last, bytes, settle, timer: undefined });
        goOn();
      }),
    close: () => {
      closed = true;
      endProcess();
      for (const job of [...current.values(), ...suspects.splice(0), ...waiting.splice(0)]) finish(job, null);
    },
  };
}
