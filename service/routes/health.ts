import type { FastifyInstance } from 'fastify';
import { Health } from '../../shared/wire.ts';
import { NO_INPUT, open } from '../endpoint.ts';
import type { Parts } from '../parts.ts';

/** `GET /v1/health`: that this is the review service, its version and its clock. */
export function healthRoutes(app: FastifyInstance, parts: Parts): void {
  open(app, parts, {
    method: 'GET',
    url: '/v1/health',
    summary: 'Tells that this is the review service, its version and its clock',
    input: NO_INPUT,
    answers: Health,
    steps: async (_, { now }) => ({ service: 'review-desk' as const, version: parts.version, time: now }),
  });
}
