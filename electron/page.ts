import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** The address of the page. */
export const ORIGIN = 'app://desk';
export const PAGE = `${ORIGIN}/index.html`;
/** Stands in the built page where the nonce of a load goes. */
const NONCE_MARK = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** What the page may do: its own scripts, styles and fonts, pictures of the store, and no network at all. */
export function policyFor(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' image:",
    "font-src 'self'",
    "connect-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const PLAIN = { 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' };

function refuse(status: number): Response {
  return new Response(null, { status, headers: { ...PLAIN, 'content-security-policy': "default-src 'none'" } });
}

/** The file that an address names inside a folder; null for every address that names something else. */
export function fileFor(folder: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.host !== 'desk') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(folder + sep) ? file : null;
}

/**
 * Serves the built page of a folder at `app://desk/`; each load of the page gets a fresh nonce for its styles.
 * @param fill makes of the built page the one that is sent, for an address
 */
export function servePage(
  folder: string,
  newNonce: () => string,
  fill: (html: string, address: string) => string = (html) => html,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refuse(405);
    const file = fileFor(folder, request.url);
    const type = file && TYPES[extname(file).toLowerCase()];
    if (!file || !type) return refuse(404);
    const bytes = await readFile(file).catch(() => null);
    if (!bytes) return refuse(404);
    const nonce = newNonce();
    const page = extname(file) === '.html';
    const headers = {
      ...PLAIN,
      'content-type': type,
      'cache-control': page ? 'no-store' : 'no-cache',
      'content-security-policy': policyFor(nonce),
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    };
    const body = page ? fill(bytes.toString('utf8').replaceAll(NONCE_MARK, nonce), request.url) : new Uint8Array(bytes);
    return new Response(body, { headers });
  };
}
