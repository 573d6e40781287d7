import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, type ProblemCode, problem } from '../shared/problem.ts';
import { Failure } from './failure.ts';
import { languageOf } from './language.ts';

/** The code and detail of whatever was thrown. What isn't expected is a fault of the service: `service.failed`. */
export function failureOf(error: unknown, binary: boolean): Failure {
  if (error instanceof Failure) return error;
  const { statusCode } = error instanceof Error ? (error as Partial<FastifyError>) : {};
  if (statusCode === 413) return new Failure('request.too_large');
  if (statusCode === 415) return new Failure(binary ? 'image.format' : 'request.invalid');
  if (statusCode === 429) return new Failure('request.too_many');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Failure('request.invalid');
  return new Failure('service.failed');
}

/** Sends a problem as RFC 9457 wants it, in the language of the request. */
function sendProblem(request: FastifyRequest, reply: FastifyReply, code: ProblemCode, detail?: string): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  const body: Problem = problem(code, language, detail);
  if (body.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(body.status)
    .header('cache-control', 'no-store')
    .header('content-language', language)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(body);
}

/** Makes every failure of the HTTP contract a problem; pages answer for themselves. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const failure = failureOf(error, request.routeOptions.config.binary === true);
    if (failure.code === 'service.failed') request.log.error({ err: error }, 'failed');
    return sendProblem(request, reply, failure.code, failure.detail);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 'request.not_found'));
}
