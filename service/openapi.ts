import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** Describes the HTTP contract at `/v1/openapi.json`, generated from the zod schemas of the routes. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Review Desk service',
        version,
        description: 'Candidate service of the review desk (医师资格考试报名材料审核). Failures are RFC 9457 problems.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: (document) => {
      // The pages are for people.
      if (!document.url.startsWith('/v1/')) return { schema: { hide: true }, url: document.url };
      const { schema, url } = jsonSchemaTransform(document);
      if (document.route.config?.binary !== true) return { schema, url };
      const body = { type: 'string', format: 'binary' };
      return { schema: { ...schema, body, consumes: ['image/jpeg', 'image/png'] }, url };
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/openapi.json',
    config: { access: 'anyone' },
    schema: { hide: true },
    handler: async (_, reply) => reply.type('application/json').serializer(JSON.stringify).send(app.swagger()),
  });
}
