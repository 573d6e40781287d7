import { Sha256 } from '../../shared/ids.ts';
import type { Workstation } from '../workstation.ts';

const GONE = { status: 404, headers: { 'cache-control': 'no-store' } } as const;

/**
 * Serves `image://full/<sha256>` and `image://small/<sha256>` from the signed-in account's store. Bytes behind a hash
 * never change, so they may stay in the page's cache, which is in memory only.
 */
export function serveImages(desk: Pick<Workstation, 'picture'>): (request: Request) => Response {
  return (request) => {
    const url = new URL(request.url);
    const rendition = url.host;
    const sha256 = Sha256.safeParse(url.pathname.slice(1));
    if (request.method !== 'GET' || !sha256.success || (rendition !== 'full' && rendition !== 'small')) {
      return new Response(null, GONE);
    }
    const picture = desk.picture(rendition, sha256.data);
    if (!picture) return new Response(null, GONE);
    return new Response(Buffer.from(picture.body), {
      headers: {
        'content-type': picture.type,
        'content-length': String(picture.body.length),
        'cache-control': picture.lasting ? 'max-age=31536000, immutable' : 'no-store',
        'content-security-policy': "default-src 'none'",
        'x-content-type-options': 'nosniff',
      },
    });
  };
}
