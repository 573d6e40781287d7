import type { FastifyInstance } from 'fastify';
import { Overview } from '../../shared/overview.ts';
import { scopeOf } from '../access.ts';
import { guarded, NO_INPUT } from '../endpoint.ts';
import type { Parts } from '../parts.ts';
import { overviewOf } from '../store/overview.ts';

/** `GET /v1/overview` (总览): how far the review of the own place has come. */
export function overviewRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/overview',
    summary: 'How far the review has come, where submissions wait, and what they were returned for',
    input: NO_INPUT,
    answers: Overview,
    look: (db, { now }, person) => overviewOf(db, scopeOf(person), now),
  });
}
