import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { getProxyForUrl } from 'proxy-from-env';
import type { Log } from '../log.ts';

/** A proxy's address; null for the direct way; `unsupported` for a kind that can't be used. */
export type Route = string | null | 'unsupported';

/** What this computer says of the way to the service; asked anew whenever a line is opened. */
export type Way = {
  /** In the order in which they are to be tried; never empty. */
  readonly routes: (origin: string) => Promise<readonly Route[]>;
  /** Certificates of authorities that an administrator has put here, as PEM. */
  readonly authorities: () => readonly string[];
  /** Whether this computer is connected to any network. */
  readonly hasNetwork: () => boolean;
  /** Where a plain answer of the service's host is looked for, to know a network that asks for a login. */
  readonly plainPort: number;
};

const hasNetwork = () =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal) ?? false);

/** Straight to the service, with what Node trusts. */
export const DIRECT: Way = { routes: async () => [null], authorities: () => [], hasNetwork, plainPort: 80 };

/** Where Node can't tell what it trusts (before 22.15), the file that the environment adds has to be read here. */
const EXTRA = 'getCACertificates' in tls ? undefined : process.env.NODE_EXTRA_CA_CERTS;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The route to an origin that the environment sets (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`). */
export function environmentRoute(origin: string): Route {
  if (LOOPBACK.has(new URL(origin).hostname)) return null;
  const proxy = getProxyForUrl(origin);
  if (proxy === '') return null;
  return /^https?:/i.test(proxy) && URL.canParse(proxy) ? proxy : 'unsupported';
}

/**
 * The routes of a proxy rule as the system gives it: `PROXY host:port; HTTPS host:port; DIRECT`. Kinds that can't be used
 * are left out where there is another.
 */
export function routesOf(rule: string): readonly Route[] {
  const routes = rule
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): Route => {
      const [kind = '', at = ''] = part.split(/\s+/);
      if (kind.toUpperCase() === 'DIRECT') return null;
      const scheme = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()];
      return scheme && URL.canParse(`${scheme}://${at}`) ? `${scheme}://${at}` : 'unsupported';
    });
  const usable = routes.filter((route) => route !== 'unsupported');
  if (usable.length > 0) return usable;
  return routes.length > 0 ? ['unsupported'] : [null];
}

/** A proxy's address without name and password: to be shown and logged. */
export function shownProxy(proxy: string): string {
  return new URL(proxy).host;
}

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function certificatesIn(path: string): string[] {
  const bytes = readFileSync(path);
  const blocks = bytes.toString('latin1').match(BLOCK) ?? [bytes];
  return blocks.map((block) => new X509Certificate(block).toString());
}

/** The certificates in a folder (`.pem`, `.crt`, `.cer`) and in a file besides; what can't be read is logged and left out. */
export function readAuthorities(folder: string, besides: string | undefined, log: Log): readonly string[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => /\.(pem|crt|cer)$/i.test(name));
  } catch {
    // The folder is only there where somebody has made it.
  }
  const paths = [...names.sort().map((name) => join(folder, name)), ...(besides ? [besides] : [])];
  return paths.flatMap((path, n) => {
    try {
      return certificatesIn(path);
    } catch (error) {
      log('certificate.unreadable', { file: n + 1, reason: error instanceof Error ? error.name : '' });
      return [];
    }
  });
}

/** The way of a workstation without a window: what the environment and the user data folder say. */
export function plainWay(userData: string, log: Log): Way {
  return {
    ...DIRECT,
    routes: async (origin) => [environmentRoute(origin)],
    authorities: () => readAuthorities(join(userData, 'certificates'), EXTRA, log),
  };
}

/** The way of the app: the system's proxy settings (also scripts), then those of the environment. */
export function systemWay(userData: string, log: Log, resolveProxy: (url: string) => Promise<string>): Way {
  const plain = plainWay(userData, log);
  return {
    ...plain,
    routes: async (origin) => {
      // Settings that can't be read are no reason not to try.
      const routes = routesOf(await resolveProxy(origin).catch(() => 'DIRECT'));
      return routes.every((route) => route === null) ? [environmentRoute(origin)] : routes;
    },
  };
}
