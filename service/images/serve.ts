import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HeldImage } from '../store/images.ts';
import type { Blobs } from './blobs.ts';

/** A part of a file, both ends included. */
export type ByteRange = { readonly from: number; readonly to: number };

/**
 * The part that a `Range` header asks for (RFC 9110 §14): `whole` when there is none that we serve (absent, another
 * unit, malformed, several parts: all of these may be ignored), `outside` when it lies beyond the end.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'whole' | 'outside' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'outside' : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return 'whole';
  return from >= size ? 'outside' : { from, to };
}

/** Whether an `If-None-Match` header names an entity tag (weak comparison, RFC 9110 §13.1.2). */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => {
    const tag = part.trim();
    return tag === '*' || tag === etag || tag === `W/${etag}`;
  });
}

/** Sends an image that the caller may see: whole, in part, or "you have it" to who does. */
export async function serveImage(
  request: FastifyRequest,
  reply: FastifyReply,
  image: HeldImage,
  blobs: Blobs,
): Promise<FastifyReply> {
  const etag = `"${image.sha256}"`;
  reply
    .header('etag', etag)
    .header('accept-ranges', 'bytes')
    // Bytes of a hash never change, but they are personal: kept by the client alone.
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('content-security-policy', "default-src 'none'; sandbox");
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  reply.type(image.mime);
  if (image.mime === 'application/octet-stream') reply.header('content-disposition', 'attachment');
  const conditional = request.headers['if-range'];
  const range = conditional === undefined || conditional === etag ? request.headers.range : undefined;
  const part = rangeOf(range, image.bytes);
  if (part === 'outside') {
    return reply.code(416).header('content-range', `bytes */${image.bytes}`).send();
  }
  const bytes = await blobs.read(image.sha256);
  if (part === 'whole') return reply.send(bytes);
  return reply
    .code(206)
    .header('content-range', `bytes ${part.from}-${part.to}/${image.bytes}`)
    .send(bytes.subarray(part.from, part.to + 1));
}
