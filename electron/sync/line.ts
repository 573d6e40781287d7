import tls from 'node:tls';
import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici';

/** Longest waits, ms: for a connection, for the first byte of an answer, between two bytes, for an answer as a whole. */
export type Patience = {
  readonly connect: number;
  readonly headers: number;
  readonly body: number;
  /** For answers without pictures; endless when it is left out. */
  readonly whole?: number;
};
export const PATIENCE: Patience = { connect: 5_000, headers: 20_000, body: 15_000, whole: 180_000 };

/** How a service is reached. Plain data, so that a thread can be told it. */
export type LineOptions = {
  readonly origin: string;
  readonly patience: Patience;
  /** Connections at a time. */
  readonly connections: number;
  /** Address of the proxy, with name and password where it asks for them; null for none. */
  readonly proxy: string | null;
  /** Certificates of authorities to trust besides the usual ones, as PEM. */
  readonly authorities: readonly string[];
};

/** What a request for a picture needs. Goes to the thread of the pictures by message and never to the disk. */
export type Access = { readonly line: LineOptions; readonly token: string; readonly language: string };

/** Those that Node and, where Node can tell, the system trust. */
function usualAuthorities(): readonly string[] {
  // Node has both since 22.15, so Electron since 35.
  if ('getCACertificates' in tls) return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  return (tls as { readonly rootCertificates: readonly string[] }).rootCertificates;
}

/** One context for all connections: making it reads more than a hundred certificates. */
function contextOf({ origin, authorities }: LineOptions): { secureContext?: tls.SecureContext } {
  if (!origin.startsWith('https:')) return {};
  if (authorities.length === 0 && !('getCACertificates' in tls)) return {};
  return { secureContext: tls.createSecureContext({ ca: [...new Set([...usualAuthorities(), ...authorities])] }) };
}

/**
 * Opens the line to a service: connections, time limits, proxy and trusted certificates. The caller closes or destroys
 * it. Nothing is looked up or connected before the first request.
 */
export function openLine(options: LineOptions): Dispatcher {
  const { patience, connections, proxy } = options;
  const limits = {
    connections,
    headersTimeout: patience.headers,
    bodyTimeout: patience.body,
    keepAliveTimeout: 10_000,
  };
  const secure = { timeout: patience.connect, ...contextOf(options) };
  if (proxy === null) return new Agent({ ...limits, connect: secure });
  return new ProxyAgent({
    ...limits,
    uri: proxy,
    requestTls: secure,
    proxyTls: secure,
    // A proxy that takes the connection and says nothing is waited for as long as for a connection.
    clientFactory: (origin, given) => new Pool(origin, { ...given, headersTimeout: patience.connect }),
  });
}
