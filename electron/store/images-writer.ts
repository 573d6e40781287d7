import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { Store } from './database.ts';
import type { WriterReply, WriterTask } from './images.ts';
import { IMAGES_MIGRATIONS } from './migrations/list.ts';
import { writeOriginals, writeSmall } from './originals.ts';

/** The file to write; given by the thread that started this one. */
const File = z.strictObject({ path: z.string(), key: z.instanceof(Uint8Array), binding: z.string().nullable() });

/** Measured with pictures of 150 KB: 1.2 to 2 times as fast as the usual 4 KiB. */
const PAGE = 16_384;

const port = parentPort;
if (!port) throw new Error('this module runs as a thread');

const say = (reply: WriterReply): void => port.postMessage(reply);

function attempt(work: () => void): boolean {
  try {
    work();
    say({ ok: true });
    return true;
  } catch (error) {
    const code = error instanceof Failure ? error.code : null;
    say({ ok: false, code, detail: error instanceof Error ? error.name : 'unknown' });
    return false;
  }
}

function carryOut(store: Store, task: WriterTask): void {
  if (task.kind === 'close') store.close();
  else
    store.transact((db) => {
      if (task.kind === 'keep') writeOriginals(db, task.pictures);
      else writeSmall(db, task.sha256, task.body);
    });
}

let store: Store | null = null;
const opened = attempt(() => {
  store = Store.open({ ...File.parse(workerData), migrations: IMAGES_MIGRATIONS, shared: true, pageSize: PAGE });
});
if (opened) {
  // Not parsed: these are our own objects, handed from thread to thread.
  port.on('message', (task: WriterTask) => {
    attempt(() => {
      if (store) carryOut(store, task);
    });
    if (task.kind === 'close') port.close();
  });
} else {
  port.close();
}
