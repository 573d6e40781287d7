import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Sha256 } from '../../shared/ids.ts';
import { scopeOf } from '../access.ts';
import { guarded } from '../endpoint.ts';
import { Failure } from '../failure.ts';
import { serveImage } from '../images/serve.ts';
import type { Parts } from '../parts.ts';
import { findImage, type HeldImage } from '../store/images.ts';

/** `GET /v1/images/:sha256`: an image that a submission in scope uses or used; whole or in part, never changing. */
export function imageRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/images/:sha256',
    summary: 'An image by its hash; ETag, Range and If-None-Match are honoured',
    input: z.object({ params: z.strictObject({ sha256: Sha256 }) }),
    look: async (db, { params }, person) => {
      const image = await findImage(db, scopeOf(person), params.sha256);
      if (!image) throw new Failure('request.not_found');
      return image;
    },
    send: (image: HeldImage, request, reply) => serveImage(request, reply, image, parts.blobs),
  });
}
