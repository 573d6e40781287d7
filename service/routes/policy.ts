import type { FastifyInstance } from 'fastify';
import { Policy } from '../../shared/wire.ts';
import { guarded, NO_INPUT } from '../endpoint.ts';
import type { Parts } from '../parts.ts';
import { policyOf } from '../store/policies.ts';

/** `GET /v1/policy`: what the district of the account configures. */
export function policyRoutes(app: FastifyInstance, parts: Parts): void {
  guarded(app, parts, {
    method: 'GET',
    url: '/v1/policy',
    summary: 'What the district configures',
    input: NO_INPUT,
    answers: Policy,
    look: (db, _, person) => policyOf(db, person.district),
  });
}
