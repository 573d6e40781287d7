import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Transfer } from '../images/transfer.ts';
import { Store } from './database.ts';
import type { TransferEvent, TransferOrder, WriterReply, WriterTask } from './images-messages.ts';
import { IMAGES_MIGRATIONS } from './migrations/images.ts';
import { IMAGES_FORM, removeOriginals, writeOriginals, writeSmall } from './originals.ts';

/** The file to write; given by the thread that started this one. */
const File = z.strictObject({ path: z.string(), key: z.instanceof(Uint8Array), binding: z.string().nullable() });

const port = parentPort;
if (!port) throw new Error('this module runs as a thread');

const say = (message: WriterReply | TransferEvent): void => port.postMessage(message);

function attempt(work: () => boolean): boolean {
  try {
    say({ ok: true, more: work() });
    return true;
  } catch (error) {
    const code = error instanceof Failure ? error.code : null;
    say({ ok: false, code, detail: error instanceof Error ? error.name : 'unknown' });
    return false;
  }
}

/** Whether there is more of the same to do. */
function carryOut(store: Store, task: Exclude<WriterTask, { kind: 'close' }>): boolean {
  if (task.kind === 'free') return store.freePages(task.pages);
  store.transact((db) => {
    if (task.kind === 'keep') writeOriginals(db, task.pictures);
    else if (task.kind === 'remove') removeOriginals(db, task.hashes);
    else writeSmall(db, task.sha256, task.body);
  });
  return false;
}

function open(): Store {
  const file = File.parse(workerData);
  return Store.open({ ...file, migrations: IMAGES_MIGRATIONS, ...IMAGES_FORM });
}

function serve(store: Store, port: NonNullable<typeof parentPort>): void {
  const keep = (pictures: Parameters<typeof writeOriginals>[1]) => store.transact((db) => writeOriginals(db, pictures));
  let transfer: Promise<Transfer> | null = null;
  // Loaded when it is needed: a desk that is opened offline doesn't wait for it.
  const transferring = () => {
    transfer ??= import('../images/transfer.ts').then(({ openTransfer }) =>
      openTransfer({ keep, say, random: Math.random }),
    );
    return transfer;
  };
  const endTransfer = async () => (await transfer)?.close();
  // Not parsed: these are our own objects, handed from thread to thread.
  port.on('message', (task: WriterTask | TransferOrder) => {
    switch (task.kind) {
      case 'begin':
      case 'order':
      case 'end':
        void transferring().then(({ take }) => take(task));
        return;
      case 'close':
        void endTransfer().finally(() => {
          attempt(() => {
            store.close();
            return false;
          });
          port.close();
        });
        return;
      default:
        attempt(() => carryOut(store, task));
    }
  });
}

let store: Store | null = null;
attempt(() => {
  store = open();
  return false;
});
if (store) serve(store, port);
else port.close();
