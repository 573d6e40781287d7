import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** What the line between desk and service does. */
export type LineMode =
  | 'clear'
  /** Nothing listens. */
  | 'down'
  /** Requests arrive; the first byte of an answer breaks the connection. */
  | 'deaf'
  /** Connections open, and nothing moves. */
  | 'stalled'
  /** As `deaf`, for the requests alone in whose head this text stands. */
  | { readonly deafTo: string }
  /** Answers to requests in whose head this text stands arrive when they are released. */
  | { readonly holdsBack: string };

/** A faulty line in front of a service. */
export type Line = {
  readonly url: string;
  readonly set: (mode: LineMode) => Promise<void>;
  /** Lets through what was held back, and holds nothing back any more. */
  readonly release: () => void;
  /** How often an answer was cut off. */
  readonly cut: () => number;
  readonly close: () => Promise<void>;
};

/** Opens a line on a port of its own to a service on this computer. */
export async function openLine(target: string): Promise<Line> {
  const { port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let mode: LineMode = 'clear';
  let cuts = 0;
  let held: (() => void)[] = [];
  let server: Server | null = null;
  let port = 0;

  const carry = (near: Socket) => {
    sockets.add(near);
    near.on('close', () => sockets.delete(near));
    near.on('error', () => undefined);
    if (mode === 'stalled') return;
    const far = dial(Number(targetPort), '127.0.0.1');
    sockets.add(far);
    far.on('close', () => {
      sockets.delete(far);
      near.destroy();
    });
    far.on('error', () => near.destroy());
    near.on('close', () => far.end());
    let meant = false;
    near.on('data', (bytes) => {
      if (typeof mode !== 'object') return;
      if (bytes.includes('deafTo' in mode ? mode.deafTo : mode.holdsBack)) meant = true;
    });
    near.pipe(far);
    far.on('data', (bytes) => {
      if (meant && typeof mode === 'object' && 'holdsBack' in mode) {
        held.push(() => near.write(bytes));
        return;
      }
      if (mode === 'deaf' || (meant && typeof mode === 'object')) {
        cuts += 1;
        near.resetAndDestroy();
        return;
      }
      near.write(bytes);
    });
  };
  const listen = async () => {
    const started = createServer(carry);
    await new Promise<void>((resolve) => started.listen(port, '127.0.0.1', resolve));
    const address = started.address();
    port = typeof address === 'object' && address ? address.port : port;
    server = started;
  };
  const hangUp = async () => {
    for (const socket of sockets) socket.destroy();
    const ending = server;
    server = null;
    if (ending) await new Promise((resolve) => ending.close(resolve));
  };

  await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    set: async (next) => {
      if (next === mode) return;
      mode = next;
      await hangUp();
      if (next !== 'down') await listen();
    },
    release: () => {
      mode = 'clear';
      for (const go of held) go();
      held = [];
    },
    cut: () => cuts,
    close: hangUp,
  };
}
