import { createServer as createHttp, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcp,
  connect as dial,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { createServer as createTls } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Pair } from './certificates.ts';

/** What came in somewhere, to see that nothing of ours did. */
export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

async function listen(server: Server | HttpsServer | TcpServer): Promise<{ port: number; hangUp: () => void }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(async () => {
    hangUp();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, hangUp };
}

/** An answer to everything. */
export type Saying = { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> };

/** What the service says to who asks who it is. */
export const health = (time = new Date()): Saying => ({
  status: 200,
  body: JSON.stringify({ service: 'review-desk', version: '1', time: time.toISOString() }),
  headers: { 'content-type': 'application/json' },
});

/** A page that wants a login. */
export const LOGIN: Saying = {
  status: 200,
  body: '<!doctype html><title>上网认证</title><form><input type="password"></form>',
  headers: { 'content-type': 'text/html; charset=utf-8' },
};

/** A server that says the same to everybody, until told otherwise, and notes what it was sent. */
export type Stranger = {
  readonly port: number;
  readonly seen: Seen[];
  readonly say: (saying: Saying) => void;
  /** Ends the connections that stand. */
  readonly hangUp: () => void;
};

/** Starts one; with a certificate it is encrypted. */
export async function startStranger(first: Saying, pair?: Pair): Promise<Stranger> {
  const seen: Seen[] = [];
  let saying = first;
  const answer: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (bytes) => {
      body += String(bytes);
    });
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      response.writeHead(saying.status, saying.headers).end(saying.body ?? '');
    });
  };
  const server = pair ? createHttps(pair, answer) : createHttp(answer);
  server.on('tlsClientError', () => undefined);
  const { port, hangUp } = await listen(server);
  return {
    port,
    hangUp,
    seen,
    say: (next) => {
      saying = next;
    },
  };
}

/** A server that takes connections and does with them what it is told. */
export async function startRaw(carry: (socket: Socket) => void): Promise<number> {
  return (await listen(createTcp(carry))).port;
}

/** Puts encryption in front of a plain service on this computer, as a gateway does. */
export async function startGateway(pair: Pair, target: string): Promise<number> {
  const { port: far } = new URL(target);
  const server = createTls(pair, (near) => {
    const carried = dial(Number(far), '127.0.0.1');
    near.on('error', () => carried.destroy());
    carried.on('error', () => near.destroy());
    near.pipe(carried).pipe(near);
  });
  return (await listen(server)).port;
}

/** A proxy for encrypted connections. */
export type Proxy = {
  readonly url: string;
  readonly asked: string[];
  readonly answer: (status: number) => void;
  /** Ends the ways that stand. */
  readonly hangUp: () => void;
};

/** Starts one that answers `CONNECT` with 200 and carries, or with another status; with `login` it asks for it. */
export async function startProxy(login?: string): Promise<Proxy> {
  const asked: string[] = [];
  let status = 200;
  const server = createHttp((_request, response) => response.writeHead(400).end());
  server.on('connect', (request, socket, head) => {
    asked.push(request.url ?? '');
    const wanted = login && `Basic ${Buffer.from(login).toString('base64')}`;
    const given = wanted !== undefined && request.headers['proxy-authorization'] !== wanted ? 407 : status;
    if (given !== 200) {
      socket.end(`HTTP/1.1 ${given} No\r\ncontent-length: 0\r\nproxy-authenticate: Basic realm="x"\r\n\r\n`);
      return;
    }
    const far = dial(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      far.pipe(socket);
      socket.pipe(far);
    });
    far.on('error', () => socket.destroy());
    socket.on('error', () => far.destroy());
    socket.on('close', () => far.destroy());
  });
  const { port, hangUp } = await listen(server);
  return {
    hangUp,
    url: `http://${login ? `${login}@` : ''}127.0.0.1:${port}`,
    asked,
    answer: (next) => {
      status = next;
    },
  };
}
