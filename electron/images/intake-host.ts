import { z } from 'zod';
import { Derived, unreadable } from './derived.ts';

/** The process that looks at pictures, as far as its host is concerned. */
export type IntakeProcess = {
  readonly post: (message: { id: number; bytes: Uint8Array }) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onExit: (listener: () => void) => void;
  readonly kill: () => void;
};

/** Looks at pictures, one after the other. */
export type Intake = {
  readonly derive: (bytes: Uint8Array) => Promise<Derived>;
  readonly close: () => void;
};

const Reply = z.strictObject({ id: z.number().int(), derived: Derived.nullable() });

/**
 * Runs the intake process and starts it again when it dies. A picture that kills it or takes longer than `patience` ms
 * is answered as unreadable, so that one hostile file never stops the others. With nothing to look at for `rest` ms it ends:
 * most of a day it would only take memory.
 */
export function openIntake(start: () => IntakeProcess, patience: number, rest = 30_000): Intake {
  let child: IntakeProcess | null = null;
  let current: { id: number; settle: (derived: Derived | null) => void } | null = null;
  let last = 0;
  let closed = false;
  let resting: NodeJS.Timeout | undefined;
  let chain: Promise<unknown> = Promise.resolve();

  const running = (): IntakeProcess => {
    if (child) return child;
    const started = start();
    started.onMessage((message) => {
      const reply = Reply.safeParse(message);
      if (reply.success && current?.id === reply.data.id) current.settle(reply.data.derived);
    });
    started.onExit(() => {
      if (child !== started) return;
      child = null;
      current?.settle(null);
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

  const one = async (bytes: Uint8Array): Promise<Derived> => {
    if (closed) return unreadable(bytes);
    clearTimeout(resting);
    last += 1;
    const id = last;
    const process = running();
    const derived = await new Promise<Derived | null>((resolve) => {
      const timer = setTimeout(() => {
        child = null;
        process.kill();
        resolve(null);
      }, patience);
      current = {
        id,
        settle: (result) => {
          clearTimeout(timer);
          resolve(result);
        },
      };
      process.post({ id, bytes });
    });
    current = null;
    resting = setTimeout(endProcess, rest);
    resting.unref();
    return derived ?? unreadable(bytes);
  };

  return {
    derive: (bytes) => {
      const result = chain.then(() => one(bytes));
      chain = result.catch(() => undefined);
      return result;
    },
    close: () => {
      closed = true;
      endProcess();
      current?.settle(null);
    },
  };
}
