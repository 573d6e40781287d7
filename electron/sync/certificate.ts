import { request as ask } from 'node:http';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { ProblemCode, ProblemFacts } from '../../shared/problem.ts';

/** What a server shows, whether or not it is trusted. */
export type Presented = {
  /** The narrowest period of its chain, ms. */
  readonly from: number;
  readonly to: number;
  /** Who signed it. */
  readonly issuer: string;
};

/**
 * Products that open encrypted connections to look inside and sign what they pass on by themselves; as they name
 * themselves in certificates.
 */
const FILTERS =
  /sangfor|深信服|fortinet|fortigate|palo alto|zscaler|blue ?coat|symantec ssl|netskope|sophos|watchguard|kaspersky|eset ssl|avast|checkpoint|check point|forcepoint|websense|barracuda|mcafee|squid|mitmproxy|topsec|天融信|venus(tech)?|启明星辰|qianxin|奇安信|360 ?(security|ssl)|hillstone|山石|nsfocus|绿盟|netentsec|网康|cisco umbrella|smoothwall|untangle|contentkeeper|(ssl|tls|https)[ -]?(inspection|interception|proxy ca|decrypt)/i;

/** Whether a certificate was signed by a product that opens encrypted connections. */
export function isFilter(issuer: string): boolean {
  return FILTERS.test(issuer);
}

/**
 * Whose fault it is that a certificate is out of its period: its own, or this computer's clock. The time that the service
 * has told last (and that has gone on since) decides; without it a certificate "of the future" means a slow clock, for
 * nobody uses certificates before their time, and an expired one is taken for expired.
 */
export function judgePeriod(
  { from, to }: Pick<Presented, 'from' | 'to'>,
  now: number,
  serviceTime: number | null,
): { readonly code: ProblemCode; readonly facts: ProblemFacts } {
  const facts = { validFrom: new Date(from).toISOString(), validTo: new Date(to).toISOString() };
  const expired = { code: 'network.certificate_expired', facts } as const;
  if (serviceTime === null) {
    return now < from ? { code: 'network.clock', facts: { ...facts, clockOff: now - from } } : expired;
  }
  if (serviceTime < from || serviceTime > to) return expired;
  return { code: 'network.clock', facts: { ...facts, clockOff: now - serviceTime } };
}

function narrowest(certificate: tls.DetailedPeerCertificate): { from: number; to: number } {
  let [from, to] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)];
  const seen = new Set<string>();
  for (let at = certificate; at?.fingerprint256 && !seen.has(at.fingerprint256); at = at.issuerCertificate) {
    seen.add(at.fingerprint256);
    from = Math.max(from, Date.parse(at.valid_from));
    to = Math.min(to, Date.parse(at.valid_to));
  }
  return { from, to };
}

type Target = { readonly host: string; readonly port: number };

/** A way through a proxy, as a bare connection. */
function throughProxy(proxy: URL, { host, port }: Target, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const name = decodeURIComponent(proxy.username);
    const password = decodeURIComponent(proxy.password);
    const path = `${host}:${port}`;
    ask({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path,
      signal,
      headers: {
        host: path,
        ...(name === ''
          ? {}
          : { 'proxy-authorization': `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` }),
      },
    })
      .on('connect', (answer, socket) => {
        if (answer.statusCode === 200) return resolve(socket);
        socket.destroy();
        reject(new Error('the proxy refuses'));
      })
      .on('error', reject)
      .end();
  });
}

/**
 * Looks at the certificate that a server shows, without trusting it: nothing is sent, and the connection ends at once.
 * Null when none is shown in time.
 */
export async function presented(origin: string, proxy: string | null, patience: number): Promise<Presented | null> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const target = { host, port: Number(port || 443) };
  const signal = AbortSignal.timeout(patience);
  let socket: tls.TLSSocket | null = null;
  try {
    const tunnel = proxy?.startsWith('http:') ? await throughProxy(new URL(proxy), target, signal) : null;
    const looking = tls.connect({
      ...target,
      ...(tunnel ? { socket: tunnel } : {}),
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
    });
    socket = looking;
    const end = () => looking.destroy(new Error('not in time'));
    signal.addEventListener('abort', end, { once: true });
    await new Promise<void>((resolve, reject) => looking.once('secureConnect', resolve).once('error', reject));
    const certificate = looking.getPeerCertificate(true);
    const { O, OU, CN } = certificate.issuer;
    const names = [O, OU, CN].flat().filter((name) => name !== undefined && name !== '');
    return { ...narrowest(certificate), issuer: names.join(' · ').slice(0, 200) };
  } catch {
    return null;
  } finally {
    socket?.destroy();
  }
}
