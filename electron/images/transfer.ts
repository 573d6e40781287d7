import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Sha256 } from '../../shared/ids.ts';
import { Failure } from '../failure.ts';
import { backoff } from '../outbox/backoff.ts';
import type { Kept, Told, TransferEvent, TransferOrder } from '../store/images-messages.ts';
import type { Wanted } from '../store/pictures.ts';
import { ServiceFailure } from '../sync/failures.ts';
import { type Access, type LineOptions, openLine } from '../sync/line.ts';
import { allowed, answered, MOST, refused, START } from './concurrency.ts';
import { type Begun, begin, download, Pushback } from './download.ts';
import { mediaType } from './format.ts';

/** Most bytes of pictures in memory, under way or not written yet: the desk must run on a PC of 4 GB. */
const MOST_HELD = 24_000_000;
/** A transaction: large enough that its sync to disk hardly counts, small enough that the network hardly waits. */
const BATCH = 6_000_000;
/** Longest that a verified picture waits for others before it is written, ms. */
const PATIENCE = 80;
/** Most bytes of cut-off pictures that wait for their rest. */
const MOST_BEGUN = 8_000_000;
/** How often a picture that arrives damaged is asked for in one run. */
const TRIES = 3;
/** So many pictures refused one after the other are no longer the fault of pictures. */
const REFUSALS = 8;
/** So many broken requests one after the other are no longer a hiccup of the line. */
const BREAKS = 3;

/** Answers that may concern one picture alone: the others are still fetched. */
const PICTURE_FAULTS = new Set(['request.not_found', 'service.failed']);

export type TransferOptions = {
  /** Commits pictures. */
  readonly keep: (pictures: readonly Kept[]) => void;
  readonly say: (event: TransferEvent) => void;
  readonly random: () => number;
};

/** Fetches what is ordered, in that order, several at a time; verifies it and has it committed. */
export type Transfer = {
  readonly take: (order: TransferOrder) => void;
  readonly close: () => Promise<void>;
};

type Run = {
  readonly id: number;
  readonly access: Access;
  readonly dispatcher: Dispatcher;
  readonly stopping: AbortController;
  readonly tries: Map<Sha256, number>;
  queue: Wanted[];
  underway: Map<Sha256, Wanted>;
  backlog: Kept[];
  flushing: NodeJS.Timeout | null;
  /** In a row. */
  refusals: number;
  breaks: number;
  ended: boolean;
};

/** No picture of the trade is larger, bytes. */
const LARGEST = 32 * 1024 * 1024;

const told = (failure: Failure): Told => ({
  code: failure.code,
  effect: failure instanceof ServiceFailure ? failure.effect : null,
  detail: failure.detail ?? null,
});

const sum = (sizes: Iterable<{ readonly bytes: number }>): number => {
  let total = 0;
  for (const { bytes } of sizes) total += bytes;
  return total;
};

/** Opens the transfer; runs in the thread that writes the pictures. */
export function openTransfer({ keep, say, random }: TransferOptions): Transfer {
  let run: Run | null = null;
  let pace = START;
  let line: { readonly known: string; readonly dispatcher: Dispatcher } | null = null;
  /** Cut off, the latest last; the rest of them is asked for, also in a later run. */
  const begun = new Map<Sha256, Begun>();

  const dispatcherOf = (options: LineOptions): Dispatcher => {
    const known = JSON.stringify(options);
    if (line?.known !== known) {
      void line?.dispatcher.destroy();
      line = { known, dispatcher: openLine({ ...options, connections: MOST }) };
    }
    return line.dispatcher;
  };

  const keepBegun = (sha256: Sha256, part: Begun) => {
    begun.delete(sha256);
    if (part.length === 0) return;
    begun.set(sha256, part);
    let held = 0;
    for (const { body } of begun.values()) held += body.length;
    for (const [oldest, { body }] of begun) {
      if (held <= MOST_BEGUN) break;
      begun.delete(oldest);
      held -= body.length;
    }
  };

  const flush = (of: Run) => {
    if (of.flushing) clearTimeout(of.flushing);
    of.flushing = null;
    const pictures = of.backlog;
    of.backlog = [];
    if (pictures.length === 0) return;
    keep(pictures);
    const noted = pictures.map(({ sha256, body }) => ({ sha256, bytes: body.length }));
    say({ event: 'kept', run: of.id, pictures: noted });
  };

  /** Ends a run at once; what was verified is still written. */
  const end = (of: Run, failure: Failure | null) => {
    if (of.ended) return;
    of.ended = true;
    of.stopping.abort();
    of.queue = [];
    let reason = failure;
    try {
      flush(of);
    } catch (error) {
      reason = error instanceof Failure ? error : new Failure('desk.failed', undefined, { cause: error });
    }
    if (run === of) run = null;
    say({ event: 'ended', run: of.id, failure: reason && told(reason) });
  };

  const arrived = (of: Run, { sha256 }: Wanted, body: Buffer) => {
    of.breaks = 0;
    of.refusals = 0;
    begun.delete(sha256);
    of.backlog.push({ sha256, type: mediaType(body), body });
    const waiting = of.backlog.reduce((total, picture) => total + picture.body.length, 0);
    if (waiting >= BATCH) flush(of);
    else of.flushing ??= setTimeout(() => attempt(of, () => flush(of)), PATIENCE);
  };

  const missed = (of: Run, { sha256 }: Wanted, failure: Failure) =>
    say({ event: 'missed', run: of.id, sha256, failure: told(failure) });

  /** What is to be done about a request that came to nothing; asked again when it resolves. */
  const failed = async (of: Run, wanted: Wanted, failure: Failure, moved: boolean): Promise<void> => {
    const count = (of.tries.get(wanted.sha256) ?? 0) + 1;
    if (failure.code === 'image.damaged_transfer') {
      of.tries.set(wanted.sha256, count);
      if (count >= TRIES) return missed(of, wanted, new Failure(failure.code, `${count} tries, ${failure.detail}`));
    } else if (failure instanceof Pushback) {
      pace = refused(pace);
      of.refusals += 1;
      if (of.refusals >= REFUSALS) return end(of, failure);
      await pause(backoff(of.refusals, random()), undefined, { signal: of.stopping.signal });
    } else if (PICTURE_FAULTS.has(failure.code)) {
      if (failure.code === 'service.failed') pace = refused(pace);
      of.refusals += 1;
      return of.refusals >= REFUSALS ? end(of, failure) : missed(of, wanted, failure);
    } else {
      pace = refused(pace);
      of.breaks += 1;
      if (!failure.code.startsWith('network.') || of.breaks >= BREAKS) return end(of, failure);
      if (!moved) await pause(backoff(of.breaks, random()), undefined, { signal: of.stopping.signal });
    }
    of.queue.unshift(wanted);
  };

  const one = async (of: Run, wanted: Wanted): Promise<void> => {
    if (wanted.bytes > LARGEST) return missed(of, wanted, new Failure('image.damaged_transfer', 'too large'));
    const part = begun.get(wanted.sha256) ?? begin(wanted);
    const before = part.length;
    const asked = performance.now();
    try {
      const body = await download({
        ...of,
        wanted,
        begun: part,
        signal: of.stopping.signal,
        onAnswer: () => {
          pace = answered(pace, performance.now() - asked);
        },
      });
      arrived(of, wanted, body);
    } catch (error) {
      keepBegun(wanted.sha256, part);
      if (of.ended) return;
      if (!(error instanceof Failure)) throw error;
      await failed(of, wanted, error, part.length > before);
    }
  };

  /** Runs a step; what it throws ends the run. */
  const attempt = (of: Run, work: () => void) => {
    try {
      work();
    } catch (error) {
      end(of, error instanceof Failure ? error : new Failure('desk.failed', undefined, { cause: error }));
    }
  };

  const start = (of: Run, wanted: Wanted) => {
    of.underway.set(wanted.sha256, wanted);
    one(of, wanted)
      .catch((error: unknown) =>
        attempt(of, () => {
          throw error;
        }),
      )
      .finally(() => {
        of.underway.delete(wanted.sha256);
        attempt(of, () => pump(of));
      });
  };

  const pump = (of: Run) => {
    while (!of.ended && of.underway.size < allowed(pace)) {
      const [next] = of.queue;
      if (!next) break;
      const held = sum(of.underway.values()) + of.backlog.reduce((total, { body }) => total + body.length, 0);
      if (of.underway.size > 0 && held + next.bytes > MOST_HELD) break;
      of.queue.shift();
      start(of, next);
    }
    if (of.underway.size === 0 && of.queue.length === 0) flush(of);
  };

  return {
    take: (order) => {
      if (order.kind === 'begin') {
        if (run) end(run, null);
        const stopping = new AbortController();
        // One signal for all requests at a time.
        setMaxListeners(0, stopping.signal);
        run = {
          id: order.run,
          access: order.access,
          dispatcher: dispatcherOf(order.access.line),
          stopping,
          tries: new Map(),
          queue: [],
          underway: new Map(),
          backlog: [],
          flushing: null,
          refusals: 0,
          breaks: 0,
          ended: false,
        };
        return;
      }
      const of = run;
      if (of?.id !== order.run) return;
      if (order.kind === 'end') return end(of, null);
      const known = new Set(
        order.first ? of.underway.keys() : [...of.underway.keys(), ...of.queue.map((q) => q.sha256)],
      );
      const added = order.pictures.filter(({ sha256 }) => !known.has(sha256));
      if (order.first) {
        const urgent = new Set(added.map(({ sha256 }) => sha256));
        of.queue = [...added, ...of.queue.filter(({ sha256 }) => !urgent.has(sha256))];
      } else of.queue.push(...added);
      attempt(of, () => pump(of));
    },
    close: async () => {
      if (run) end(run, null);
      await line?.dispatcher.destroy();
    },
  };
}
