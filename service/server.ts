import { randomUUID } from 'node:crypto';
import type { RequestListener, Server } from 'node:http';
import https from 'node:https';
import type { Writable } from 'node:stream';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { requireAccess } from './endpoint.ts';
import { Failure } from './failure.ts';
import { type LogLevel, logSettings } from './log.ts';
import { describeRoutes } from './openapi.ts';
import { candidatePages } from './pages/routes.ts';
import type { Parts } from './parts.ts';
import { answerProblems } from './problems.ts';
import { accountRoutes } from './routes/accounts.ts';
import { auditRoutes } from './routes/audit.ts';
import { candidateRoutes } from './routes/candidate.ts';
import { claimRoutes } from './routes/claims.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { deviceRoutes } from './routes/devices.ts';
import { feedRoutes } from './routes/feed.ts';
import { healthRoutes } from './routes/health.ts';
import { imageRoutes } from './routes/images.ts';
import { logRoutes } from './routes/log.ts';
import { overviewRoutes } from './routes/overview.ts';
import { policyRoutes } from './routes/policy.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { spotCheckRoutes } from './routes/spot-checks.ts';
import { submissionRoutes } from './routes/submissions.ts';

/** Certificate and key in PEM, for https. */
export type Tls = { readonly cert: Buffer; readonly key: Buffer };

export type ServerOptions = {
  readonly tls?: Tls;
  readonly logLevel: LogLevel;
  readonly logTo: Writable;
};

/** A request has to be complete within this; slower ones hold a connection for nothing. */
const REQUEST_MS = 60_000;
const IDLE_MS = 72_000;
const BODY_BYTES = 64 * 1024;

const API_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

function secure(app: FastifyInstance, encrypted: boolean): void {
  app.addHook('onSend', async (_, reply) => {
    for (const [name, value] of Object.entries(API_HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    if (encrypted) reply.header('strict-transport-security', 'max-age=31536000');
  });
}

function overTls(tls: Tls, handler: RequestListener): Server {
  const server = https.createServer({ ...tls, minVersion: 'TLSv1.2' }, handler);
  return Object.assign(server, { requestTimeout: REQUEST_MS, keepAliveTimeout: IDLE_MS });
}

/** Builds the server on its parts; the caller lets it listen. Throws when a route doesn't say who may use it. */
export async function buildServer(parts: Parts, options: ServerOptions): Promise<FastifyInstance> {
  const { tls } = options;
  const settings = {
    logger: logSettings(options.logLevel, options.logTo),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: IDLE_MS,
    // Ending waits for the requests under way, not for connections that only wait for a next one.
    forceCloseConnections: 'idle' as const,
  };
  const app: FastifyInstance = tls
    ? Fastify({ ...settings, serverFactory: (handler) => overTls(tls, handler) })
    : Fastify(settings);
  // The endpoints parse by themselves (endpoint.ts); the schemas of the routes are for the description.
  app.setValidatorCompiler(() => (value) => ({ value }));
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('person', null);
  requireAccess(app);
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      route: request.routeOptions.url ?? 'none',
      method: request.method,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      ...(request.person ? { account: request.person.id } : {}),
    });
  });
  secure(app, tls !== undefined);
  answerProblems(app);
  app.addContentTypeParser(
    ['image/jpeg', 'image/png', 'application/octet-stream'],
    { parseAs: 'buffer' },
    (_, body, done) => done(null, body),
  );
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => new Failure('request.too_many') });
  await describeRoutes(app, parts.version);
  for (const routes of [
    healthRoutes,
    sessionRoutes,
    accountRoutes,
    policyRoutes,
    feedRoutes,
    imageRoutes,
    submissionRoutes,
    deviceRoutes,
    decisionRoutes,
    claimRoutes,
    logRoutes,
    spotCheckRoutes,
    auditRoutes,
    overviewRoutes,
    candidateRoutes,
  ]) {
    routes(app, parts);
  }
  await app.register(async (pages) => candidatePages(pages, parts));
  await app.ready();
  return app;
}
