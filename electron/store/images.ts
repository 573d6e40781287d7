import { Worker } from 'node:worker_threads';
import type { Sha256 } from '../../shared/ids.ts';
import { Failure } from '../failure.ts';
import { ServiceFailure } from '../sync/failures.ts';
import type { Access } from '../sync/line.ts';
import { type Reader, Store, type StoreFile, sql } from './database.ts';
import {
  type Kept,
  type Told,
  TransferEvent,
  type TransferOrder,
  WriterReply,
  type WriterTask,
} from './images-messages.ts';
import { IMAGES_FORM } from './originals.ts';
import type { Wanted } from './pictures.ts';

/** What is heard of a run of fetching. */
export type TransferHeard = {
  /** Verified and committed. */
  readonly onKept: (pictures: readonly Wanted[]) => void;
  readonly onMissed: (sha256: Sha256, failure: Failure) => void;
};

/** A run of fetching. */
export type TransferRun = {
  /** Adds pictures to what is fetched; `first`: before all others. */
  readonly order: (pictures: readonly Wanted[], first: boolean) => void;
  /** Ends it at once; what has arrived is still kept. */
  readonly end: () => void;
  /** Resolves when nothing of it follows; rejects with the failure that ended it. */
  readonly ended: Promise<void>;
};

/**
 * `images.db`: read here, filled by a thread of its own, which also talks to the network, verifies and encrypts. None of
 * that may hold up the page's questions and the reviewer's decisions.
 */
export type Images = {
  readonly read: Reader;
  /** Where the file lies. */
  readonly path: string;
  /** Bytes of pages in use. */
  readonly used: () => number;
  /** Keeps pictures as uploaded; resolves after the commit. */
  readonly keep: (pictures: readonly Kept[]) => Promise<void>;
  /** Keeps the small rendition of a picture. */
  readonly keepSmall: (sha256: Sha256, body: Uint8Array) => Promise<void>;
  /** Removes pictures with their small renditions. */
  readonly remove: (hashes: readonly Sha256[]) => Promise<void>;
  /** Gives up to so many free pages back to the disk; whether there are more. */
  readonly free: (pages: number) => Promise<boolean>;
  /** Begins to fetch; one run at a time. */
  readonly transfer: (access: Access, heard: TransferHeard) => TransferRun;
  /** Finishes what was asked for and closes the file. */
  readonly close: () => Promise<void>;
};

const untold = ({ code, effect, detail }: Told): Failure =>
  effect === null ? new Failure(code, detail ?? undefined) : new ServiceFailure(code, effect, detail ?? undefined);

type Waiting = { readonly resolve: (more: boolean) => void; readonly reject: (error: Error) => void };
type Running = TransferHeard & { readonly resolve: () => void; readonly reject: (error: unknown) => void };

/** The running thread. */
type Writer = {
  readonly ask: (task: WriterTask) => Promise<boolean>;
  readonly transfer: (access: Access, heard: TransferHeard) => TransferRun;
  readonly ended: Promise<void>;
};

/** The thread, its answers in the order of the questions, and what it says of fetching. */
function startWriter(entry: URL, file: Pick<StoreFile, 'path' | 'key' | 'binding'>): Writer {
  const worker = new Worker(entry, { workerData: file, stdin: false });
  const waiting: Waiting[] = [];
  const runs = new Map<number, Running>();
  let last = 0;

  const settle = (reply: WriterReply) => {
    const first = waiting.shift();
    if (reply.ok) first?.resolve(reply.more);
    else first?.reject(reply.code ? new Failure(reply.code, reply.detail) : new Error(reply.detail));
  };
  const hear = (event: TransferEvent) => {
    const running = runs.get(event.run);
    if (!running) return;
    try {
      if (event.event === 'kept') return running.onKept(event.pictures);
      if (event.event === 'missed') return running.onMissed(event.sha256, untold(event.failure));
      runs.delete(event.run);
      if (event.failure) running.reject(untold(event.failure));
      else running.resolve();
    } catch (error) {
      // What is not noted is fetched again.
      runs.delete(event.run);
      tell({ kind: 'end', run: event.run });
      running.reject(error);
    }
  };
  const tell = (order: TransferOrder) => worker.postMessage(order);
  worker.on('message', (message) => {
    const event = TransferEvent.safeParse(message);
    if (event.success) hear(event.data);
    else settle(WriterReply.parse(message));
  });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      // What was not answered was perhaps not written; it is fetched again.
      const failure = new Failure('store.write', 'the writer ended');
      for (const { reject } of waiting.splice(0)) reject(failure);
      for (const { reject } of runs.values()) reject(failure);
      runs.clear();
      resolve();
    });
  });
  worker.on('error', (error) => settle({ ok: false, code: 'store.write', detail: error.name }));
  const answer = () => new Promise<boolean>((resolve, reject) => waiting.push({ resolve, reject }));
  // First it says that the file is open. When it can't be, it ends, and so does whatever it was asked.
  answer().catch(() => undefined);
  return {
    ask: (task: WriterTask) => {
      const answered = answer();
      worker.postMessage(task);
      return answered;
    },
    transfer: (access: Access, heard: TransferHeard): TransferRun => {
      last += 1;
      const run = last;
      const over = new Promise<void>((resolve, reject) => runs.set(run, { ...heard, resolve, reject }));
      tell({ kind: 'begin', run, access });
      return {
        order: (pictures, first) => tell({ kind: 'order', run, pictures, first }),
        end: () => tell({ kind: 'end', run }),
        ended: over,
      };
    },
    ended,
  };
}

/** A run that begins with the first picture that is ordered: most find that all are here, and need no thread. */
function beginLate(begin: () => TransferRun): TransferRun {
  let run: TransferRun | null = null;
  let settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null = null;
  const ended = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  let over = false;
  return {
    order: (pictures, first) => {
      if (over) return;
      if (!run) {
        run = begin();
        run.ended.then(settle?.resolve, settle?.reject);
      }
      run.order(pictures, first);
    },
    end: () => {
      over = true;
      if (run) run.end();
      else settle?.resolve();
    },
    ended,
  };
}

/** With nothing to do for so long the thread ends, ms: most of a day it would only take memory. */
const REST = 30_000;

/** The thread as far as there is work for it: started when it is needed, ended when it rests. */
function lendWriter(start: () => Writer, rest: number) {
  let running: Writer | null = null;
  let borrowers = 0;
  let resting: NodeJS.Timeout | undefined;
  let over: Promise<unknown> = Promise.resolve();

  const end = () => {
    clearTimeout(resting);
    const writer = running;
    running = null;
    if (!writer) return;
    const closed = writer.ask({ kind: 'close' }).catch(() => undefined);
    over = Promise.all([over, closed, writer.ended]);
  };
  const borrow = (): Writer => {
    clearTimeout(resting);
    if (running) return running;
    const started = start();
    void started.ended.then(() => {
      // It died by itself: the next one begins anew.
      if (running === started) running = null;
    });
    running = started;
    return started;
  };
  const lend = <T>(work: (writer: Writer) => T, done: (result: T) => Promise<unknown>): T => {
    borrowers += 1;
    const result = work(borrow());
    const giveBack = () => {
      borrowers -= 1;
      if (borrowers > 0 || !running) return;
      clearTimeout(resting);
      resting = setTimeout(end, rest);
      resting.unref();
    };
    done(result).then(giveBack, giveBack);
    return result;
  };
  return {
    ask: (task: WriterTask) =>
      lend(
        (writer) => writer.ask(task),
        (answered) => answered,
      ),
    transfer: (access: Access, heard: TransferHeard) =>
      beginLate(() =>
        lend(
          (writer) => writer.transfer(access, heard),
          ({ ended }) => ended,
        ),
      ),
    close: async () => {
      end();
      await over;
    },
  };
}

/**
 * Opens `images.db`, which is made or brought up to date first.
 * @param entry the thread's module
 * @param rest how long the thread stays with nothing to do, ms
 * @throws Failure `store.locked`, `store.in_use`, `store.newer`, `store.damaged`, `store.write`
 */
export function openImages({ path, key, binding, migrations }: StoreFile, entry: URL, rest = REST): Images {
  const reading = Store.open({ path, key, binding, migrations, ...IMAGES_FORM });
  const { read } = reading;
  const writer = lendWriter(() => startWriter(entry, { path, key, binding }), rest);
  const pragma = (name: string) => Number(sql<Record<string, unknown>>(read, `PRAGMA ${name}`).pluck().get());
  return {
    read,
    path,
    used: () => (pragma('page_count') - pragma('freelist_count')) * pragma('page_size'),
    keep: async (pictures) => void (await writer.ask({ kind: 'keep', pictures })),
    keepSmall: async (sha256, body) => void (await writer.ask({ kind: 'keepSmall', sha256, body })),
    remove: async (hashes) => void (await writer.ask({ kind: 'remove', hashes })),
    free: async (pages) => pragma('freelist_count') > 0 && (await writer.ask({ kind: 'free', pages })),
    transfer: writer.transfer,
    close: async () => {
      reading.close();
      await writer.close();
    },
  };
}
