import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a form comes from our own pages: by `Sec-Fetch-Site` and `Origin`, which browsers set and pages can't forge.
 * A request with neither is none of a browser's forms and is refused. Together with the cookie's `SameSite=Strict`
 * this keeps other sites from acting in a candidate's name.
 */
export function sameOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined) return site === 'same-origin';
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
}
