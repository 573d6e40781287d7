import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import type { Order } from './order.ts';
import { render } from './render.ts';

// The pool has one worker a core; more threads inside would only get in each other's way.
sharp.concurrency(1);
sharp.cache(false);

parentPort?.on('message', ({ id, order }: { id: number; order: Order }) => {
  render(order).then(
    (bytes) => parentPort?.postMessage({ id, bytes }),
    (error: unknown) => parentPort?.postMessage({ id, failure: String(error) }),
  );
});
