import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Sha256 } from '../../shared/ids.ts';
import { ProblemCode } from '../../shared/problem.ts';
import { Failure } from '../failure.ts';
import { type Reader, Store, type StoreFile } from './database.ts';
import type { Picture } from './originals.ts';

/** A picture to keep. */
export type Kept = Picture & { readonly sha256: Sha256 };

/**
 * `images.db`: read here, written by a thread of its own. Encrypting and syncing megabytes takes tens of milliseconds,
 * in which neither the page's questions nor the network may wait.
 */
export type Images = {
  readonly read: Reader;
  /** Keeps pictures as uploaded; resolves after the commit. */
  readonly keep: (pictures: readonly Kept[]) => Promise<void>;
  /** Keeps the small rendition of a picture. */
  readonly keepSmall: (sha256: Sha256, body: Uint8Array) => Promise<void>;
  /** Finishes what was asked for and closes the file. */
  readonly close: () => Promise<void>;
};

/** What the thread is asked, one at a time and in order. */
export type WriterTask =
  | { readonly kind: 'keep'; readonly pictures: readonly Kept[] }
  | { readonly kind: 'keepSmall'; readonly sha256: Sha256; readonly body: Uint8Array }
  | { readonly kind: 'close' };

/** What the thread says: first once that the file is open, then once a task. */
const Reply = z.union([
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), code: ProblemCode.nullable(), detail: z.string() }),
]);
export type WriterReply = z.infer<typeof Reply>;

type Waiting = { readonly resolve: () => void; readonly reject: (error: Error) => void };

/** The thread, and its answers in the order of the questions. */
function startWriter(entry: URL, file: Omit<StoreFile, 'migrations'>) {
  const worker = new Worker(entry, { workerData: file, stdin: false });
  const waiting: Waiting[] = [];
  const settle = (reply: WriterReply) => {
    const first = waiting.shift();
    if (reply.ok) first?.resolve();
    else first?.reject(reply.code ? new Failure(reply.code, reply.detail) : new Error(reply.detail));
  };
  worker.on('message', (message) => settle(Reply.parse(message)));
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      // What was not answered was perhaps not written; it is fetched again.
      for (const { reject } of waiting.splice(0)) reject(new Failure('store.write', 'the writer ended'));
      resolve();
    });
  });
  worker.on('error', (error) => settle({ ok: false, code: 'store.write', detail: error.name }));
  const answer = () => new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
  return {
    ready: answer(),
    ask: (task: WriterTask) => {
      const answered = answer();
      worker.postMessage(task);
      return answered;
    },
    ended,
  };
}

/**
 * Opens `images.db`; the thread makes it or brings it up to date first.
 * @param entry the thread's module
 * @throws Failure `store.locked`, `store.in_use`, `store.newer`, `store.write`
 */
export async function openImages(file: StoreFile, entry: URL): Promise<Images> {
  const { path, key, binding, migrations } = file;
  const writer = startWriter(entry, { path, key, binding });
  await writer.ready;
  let reading: Store;
  try {
    reading = Store.open({ path, key, binding, migrations, shared: true });
  } catch (error) {
    await writer.ask({ kind: 'close' });
    throw error;
  }
  return {
    read: reading.read,
    keep: (pictures) => writer.ask({ kind: 'keep', pictures }),
    keepSmall: (sha256, body) => writer.ask({ kind: 'keepSmall', sha256, body }),
    close: async () => {
      reading.close();
      await writer.ask({ kind: 'close' });
      await writer.ended;
    },
  };
}
