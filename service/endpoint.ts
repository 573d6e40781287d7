import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { z } from 'zod';
import { type Language, Problem } from '../shared/problem.ts';
import { type Access, allows, denial } from './access.ts';
import { bearerOf, digest } from './accounts/token.ts';
import { Failure } from './failure.ts';
import { languageOf } from './language.ts';
import { type Parts, reading, type Transact, transactOf } from './parts.ts';
import { type Person, personOfSession } from './store/accounts.ts';
import type { Store } from './store/tables.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route. */
    access?: Access;
    /** The body is an image's bytes. */
    binary?: boolean;
  }
  interface FastifyRequest {
    /** Who asks, where the route wants to know. */
    person: Person | null;
  }
}

/** Makes a route that doesn't say who may use it an error at the start, not an open door. */
export function requireAccess(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`the route ${String(method)} ${url} does not say who may use it`);
  });
}

/** What a request brings along; what a route doesn't name here never reaches it. */
type Input = z.ZodObject<Partial<Record<'params' | 'query' | 'body', z.ZodType>>>;

/** For routes that take nothing. */
export const NO_INPUT = z.object({});

/** A request, parsed and allowed. */
export type Ask<I extends Input> = z.output<I> & {
  readonly now: string;
  readonly language: Language;
  readonly request: FastifyRequest;
};

type Definition<I extends Input, Answer> = {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly summary: string;
  readonly input: I;
  /** Largest body, bytes, where it isn't the server's. */
  readonly bodyLimit?: number;
  /** The body is an image's bytes: the work reads them from the request. */
  readonly binary?: boolean;
  /** Attempts are limited per address: for sign-in. */
  readonly limited?: boolean;
  /** What is answered on success; absent = no content. */
  readonly answers?: z.ZodType<Answer>;
  /** What `send` answers, where that is JSON: for the description alone. */
  readonly sends?: z.ZodType;
  /** Sends what isn't JSON, or is written already, after the transaction. */
  readonly send?: (value: Answer, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
};

type Work<A, Answer, Who> =
  /** In one transaction. */
  | { readonly work: (db: Store, ask: A, person: Who) => Promise<Answer> }
  /** In one transaction that only reads. */
  | { readonly look: (db: Store, ask: A, person: Who) => Promise<Answer> }
  /** In several steps, each with its own transaction: where something slow or separate stands between them. */
  | { readonly steps: (transact: Transact, ask: A, person: Who) => Promise<Answer> };

/** Who the bearer token of a request belongs to. Fails with `session.expired` when it belongs to nobody (any more). */
async function authenticate(parts: Parts, request: FastifyRequest): Promise<Person> {
  const token = bearerOf(request.headers.authorization);
  const now = parts.clock().toISOString();
  const person = token === null ? null : await personOfSession(parts.db, digest(token), now);
  if (!person) throw new Failure('session.expired');
  return person;
}

/** The input of a request. Fails with `request.invalid`: where and what kind, never the value, which may be personal. */
function parse<I extends Input>(input: I, { params, query, body }: FastifyRequest): z.output<I> {
  const parsed = input.safeParse({ params, query, body });
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`);
  throw new Failure('request.invalid', places.slice(0, 5).join(', '));
}

const failed = { description: 'a problem', content: { 'application/problem+json': { schema: Problem } } };

function route<I extends Input, Answer>(
  app: FastifyInstance,
  parts: Parts,
  definition: Definition<I, Answer>,
  handle: (ask: Ask<I>) => Promise<Answer>,
): void {
  const { method, url, summary, input, answers, sends, bodyLimit, binary = false, limited = false, send } = definition;
  const { params, query, body } = input.shape;
  const key = `${method} ${url}`;
  const access = parts.rules[key];
  app.route({
    method,
    url,
    config: {
      ...(access === undefined ? {} : { access }),
      binary,
      ...(limited ? { rateLimit: { max: parts.signInsPerMinute, timeWindow: '1 minute' } } : {}),
    },
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    schema: {
      summary,
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(body ? { body } : {}),
      ...(access === 'anyone' ? { security: [] } : {}),
      response: {
        ...(answers ? { 200: answers } : sends ? { 200: sends } : send ? {} : { 204: z.null() }),
        '4xx': failed,
        '5xx': failed,
      },
    },
    // Before the body is read: who may not, need not send one.
    async onRequest(request) {
      // Asked at every request: a rule that is taken away lets in nobody.
      const rule = parts.rules[key];
      if (rule === 'anyone') return;
      const person = await authenticate(parts, request);
      if (!rule || !allows(rule, person)) throw new Failure(denial(rule, person));
      request.person = person;
    },
    async handler(request, reply) {
      const now = parts.clock().toISOString();
      const language = languageOf(request.headers['accept-language']);
      const value = await handle({ ...parse(input, request), now, language, request });
      if (send) return send(value, request, reply);
      return answers ? reply.send(value) : reply.code(204).send();
    },
  });
}

function run<A, Answer, Who>(parts: Parts, how: Work<A, Answer, Who>, ask: A, person: Who): Promise<Answer> {
  if ('look' in how) return reading(parts, (db) => how.look(db, ask, person));
  const transact = transactOf(parts);
  return 'work' in how ? transact((db) => how.work(db, ask, person)) : how.steps(transact, ask, person);
}

/** A route that may be open to all: its work knows nobody. */
export function open<I extends Input, Answer>(
  app: FastifyInstance,
  parts: Parts,
  definition: Definition<I, Answer> & Work<Ask<I>, Answer, null>,
): void {
  route(app, parts, definition, (ask) => run(parts, definition, ask, null));
}

/**
 * A route for accounts: authenticates, authorises, parses, runs the work in one transaction, answers. What the work
 * throws rolls the transaction back.
 */
export function guarded<I extends Input, Answer>(
  app: FastifyInstance,
  parts: Parts,
  definition: Definition<I, Answer> & Work<Ask<I>, Answer, Person>,
): void {
  route(app, parts, definition, (ask) => {
    const { person } = ask.request;
    if (!person) throw new Failure('session.expired');
    return run(parts, definition, ask, person);
  });
}
