import { createServer, connect as dial, type Socket } from 'node:net';
import type { LineKind } from './kinds.ts';

/** A line between a workstation and the service that breaks on demand. */
export type FaultyLine = {
  readonly url: string;
  /** Where the service is now. */
  readonly aim: (target: string) => void;
  /** From now on every answer breaks after so many bytes; `null`: a clear line. */
  readonly fail: (kind: LineKind | null, after?: number) => void;
  /** Nothing gets through at all; true hangs up, too. */
  readonly cut: (off: boolean) => void;
  /** How often an answer was broken since the last `fail`. */
  readonly hits: () => number;
  readonly close: () => Promise<void>;
};

/** Opens such a line on a port of its own. */
export async function openFaultyLine(target: string): Promise<FaultyLine> {
  const sockets = new Set<Socket>();
  let port = Number(new URL(target).port);
  let fault: LineKind | null = null;
  let budget = 0;
  let off = false;
  let hits = 0;

  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };

  const carry = (near: Socket) => {
    near.on('error', () => undefined);
    if (off) {
      near.resetAndDestroy();
      return;
    }
    const far = dial(port, '127.0.0.1');
    let decides = false;
    let passed = 0;
    let silent = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    far.on('error', () => near.destroy());
    far.on('close', () => {
      if (!silent) near.destroy();
    });
    near.on('close', () => far.destroy());
    near.on('data', (bytes) => {
      if (bytes.subarray(0, 18).toString('latin1') === 'POST /v1/decisions') decides = true;
      passed = 0;
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (silent) return;
      if (fault === 'answer-dropped' && decides) {
        hits += 1;
        near.resetAndDestroy();
        return;
      }
      decides = false;
      const left = budget - passed;
      if (fault === null || fault === 'answer-dropped' || bytes.length <= left) {
        passed += bytes.length;
        near.write(bytes);
        return;
      }
      hits += 1;
      near.write(bytes.subarray(0, Math.max(0, left)), () => {
        if (fault === 'line-reset') near.resetAndDestroy();
        else if (fault === 'line-ended') near.end();
      });
      if (fault === 'line-stalled') silent = true;
      far.destroy();
    });
  };
  const server = createServer(carry);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    aim: (next) => {
      port = Number(new URL(next).port);
      hangUp();
    },
    fail: (kind, after = 0) => {
      fault = kind;
      budget = after;
      hits = 0;
      // A stalled connection stays silent for ever unless somebody hangs up.
      if (kind === null) hangUp();
    },
    cut: (down) => {
      off = down;
      if (down) hangUp();
    },
    hits: () => hits,
    close: async () => {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
