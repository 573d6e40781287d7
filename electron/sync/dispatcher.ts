import { Agent, type Dispatcher } from 'undici';

/** Longest waits, ms: for a connection, for the first byte of an answer, between two bytes. */
export type Patience = { readonly connect: number; readonly headers: number; readonly body: number };
export const PATIENCE: Patience = { connect: 5_000, headers: 20_000, body: 15_000 };

/** How the service is reached. Plain data, because the thread of the pictures is told too. */
export type Route = { readonly origin: string; readonly patience: Patience };

/** What a request for a picture needs. Goes to the thread by message and never to the disk. */
export type Access = { readonly route: Route; readonly token: string; readonly language: string };

/** Makes the connections to a service: the one place where timeouts, certificates and proxies are set. */
export function openDispatcher({ patience }: Route, connections: number): Dispatcher {
  return new Agent({
    connections,
    connect: { timeout: patience.connect },
    headersTimeout: patience.headers,
    bodyTimeout: patience.body,
    keepAliveTimeout: 10_000,
  });
}
