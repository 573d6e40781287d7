import { Failure } from '../failure.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The origin of a service address as typed; without a scheme `https` is meant, except for this computer itself.
 * @throws Failure `network.address` when it isn't an address, `network.insecure` when it would send passwords in clear
 */
export function originOf(address: string): string {
  const typed = address.trim();
  const bare = !/^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const host = typed.split(/[/:]/, 1)[0] ?? '';
  const text = bare ? `${LOOPBACK.has(host.toLowerCase()) ? 'http' : 'https'}://${typed}` : typed;
  if (!URL.canParse(text)) throw new Failure('network.address', 'not an address');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hostname === '') throw new Failure('network.address', 'form');
  if (url.protocol === 'https:') return url.origin;
  if (url.protocol !== 'http:') throw new Failure('network.address', 'scheme');
  if (!LOOPBACK.has(url.hostname)) throw new Failure('network.insecure');
  return url.origin;
}
