import { Worker } from 'node:worker_threads';
import type { Order } from './order.ts';

type Reply = { readonly id: number; readonly bytes?: Uint8Array; readonly failure?: string };
type Waiting = { readonly resolve: (bytes: Buffer) => void; readonly reject: (error: Error) => void };
type Job = { readonly id: number; readonly order: Order; readonly waiting: Waiting };

/** Two pictures at a time in each worker: while one is encoded outside JavaScript, the other is exposed in it. */
const AT_ONCE = 2;

/** Workers that render pictures. Close it, or the process does not end. */
export class RenderPool {
  readonly #workers: { readonly worker: Worker; readonly jobs: Map<number, Waiting> }[];
  readonly #queue: Job[] = [];
  #id = 0;

  constructor(threads: number) {
    this.#workers = Array.from({ length: Math.max(1, threads) }, () => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      const jobs = new Map<number, Waiting>();
      worker.on('message', ({ id, bytes, failure }: Reply) => {
        const waiting = jobs.get(id);
        jobs.delete(id);
        if (bytes) waiting?.resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        else waiting?.reject(new Error(failure ?? 'nothing was rendered'));
        this.#feed();
      });
      worker.on('error', (error) => {
        for (const waiting of jobs.values()) waiting.reject(error);
        jobs.clear();
      });
      return { worker, jobs };
    });
  }

  /** Renders one picture. Rejects when drawing fails, which is a bug, or when the pool is closed. */
  render(order: Order): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ id: this.#id++, order, waiting: { resolve, reject } });
      this.#feed();
    });
  }

  async close(): Promise<void> {
    this.#queue.length = 0;
    await Promise.all(this.#workers.map(({ worker }) => worker.terminate()));
  }

  #feed(): void {
    for (const { worker, jobs } of this.#workers) {
      while (jobs.size < AT_ONCE) {
        const job = this.#queue.shift();
        if (!job) return;
        jobs.set(job.id, job.waiting);
        worker.postMessage({ id: job.id, order: job.order });
      }
    }
  }
}
