import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { STAFF } from '../../../service/access.ts';
import { requireAccess } from '../../../service/endpoint.ts';

it('a route that does not say who may use it is an error at the start', () => {
  const app = Fastify();
  requireAccess(app);
  app.get('/v1/known', { config: { access: STAFF } }, async () => 'for staff');
  expect(() => app.get('/v1/forgotten', async () => 'open to all')).toThrow(
    'the route GET /v1/forgotten does not say who may use it',
  );
});
