import { createHash } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import type { z } from 'zod';
import type { Head, SignedLink } from '../../shared/chain.ts';
import { Policy } from '../../shared/policy.ts';
import type { Language } from '../../shared/problem.ts';
import { Answers, Enrolled, type Enrolment, FeedPage, Health, Keys, Session } from '../../shared/wire.ts';
import { type Access, openDispatcher, PATIENCE, type Patience } from './dispatcher.ts';
import { answerFailure, networkFailure, ServiceFailure } from './failures.ts';

/** Pictures have connections of their own (`images/transfer.ts`). */
const CONNECTIONS = 4;
const LARGEST_JSON = 64 * 1024 * 1024;

/** The candidate service as the workstation sees it. All methods throw `ServiceFailure`. */
export type Service = {
  readonly origin: string;
  readonly health: (signal?: AbortSignal) => Promise<z.infer<typeof Health>>;
  readonly signIn: (account: string, password: string) => Promise<Session>;
  readonly signOut: () => Promise<void>;
  readonly policy: () => Promise<Policy>;
  readonly feed: (
    query: { readonly epoch: string | null; readonly after: number; readonly limit: number },
    signal?: AbortSignal,
  ) => Promise<FeedPage>;
  readonly keys: (signal?: AbortSignal) => Promise<z.infer<typeof Keys>>;
  /** Enrols a device for the session, whose nonce the proof is made of; gives where the device's chain stands. */
  readonly enrol: (prove: (nonce: string) => Enrolment, signal?: AbortSignal) => Promise<Head>;
  readonly decide: (links: readonly SignedLink[], signal?: AbortSignal) => Promise<Answers>;
  /**
   * What fetching pictures needs, which is done elsewhere.
   * @throws ServiceFailure `session.expired` without a session
   */
  readonly access: () => Access;
  /** Whether requests carry a session. */
  readonly signedIn: () => boolean;
  /** Whether a device was enrolled in this session, and nothing has raised a doubt since. */
  readonly enrolled: () => boolean;
  /** The service is not as it was: its key and its copy of the chain are looked at before anything else is sent. */
  readonly doubt: () => void;
  /** Forgets the session, as after its end. */
  readonly forget: () => void;
  readonly close: () => Promise<void>;
};

export type ServiceOptions = {
  readonly origin: string;
  readonly language: () => Language;
  readonly patience?: Patience;
};

type Call = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
};

async function readAll(body: Dispatcher.ResponseData['body'], largest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largest) throw new ServiceFailure('network.not_service', 'perhaps', 'answer too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/**
 * Opens the service at an origin. Besides the pictures (`images/download.ts`) the only caller of HTTP; no request goes
 * anywhere else, redirects are not followed.
 */
export function openService({ origin, language, patience = PATIENCE }: ServiceOptions): Service {
  const agent = openDispatcher({ origin, patience }, CONNECTIONS);
  let token: string | null = null;
  let enrolled = false;

  async function send({ method, path, body, signal }: Call, largest: number): Promise<Buffer> {
    try {
      const answer = await request(`${origin}${path}`, {
        method,
        dispatcher: agent,
        headers: {
          'accept-language': language(),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
      const bytes = await readAll(answer.body, largest);
      if (answer.statusCode >= 200 && answer.statusCode < 300) return bytes;
      throw answerFailure(answer.statusCode, bytes.toString('utf8'));
    } catch (error) {
      throw error instanceof ServiceFailure ? error : networkFailure(error);
    }
  }

  async function json<T extends z.ZodType>(schema: T, call: Call): Promise<z.infer<T>> {
    const bytes = await send(call, LARGEST_JSON);
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch (error) {
      throw new ServiceFailure('network.not_service', 'perhaps', 'not JSON', { cause: error });
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new ServiceFailure('network.not_service', 'perhaps', `unexpected answer at ${where}`);
  }

  return {
    origin,
    health: (signal) => json(Health, { method: 'GET', path: '/v1/health', signal }),
    signIn: async (account, password) => {
      const session = await json(Session, { method: 'POST', path: '/v1/sessions', body: { account, password } });
      token = session.token;
      enrolled = false;
      return session;
    },
    signOut: async () => {
      if (token === null) return;
      try {
        await send({ method: 'DELETE', path: '/v1/sessions', signal: AbortSignal.timeout(2_000) }, LARGEST_JSON);
      } finally {
        token = null;
      }
    },
    policy: () => json(Policy, { method: 'GET', path: '/v1/policy' }),
    feed: ({ epoch, after, limit }, signal) => {
      const query = new URLSearchParams({ after: String(after), limit: String(limit) });
      if (epoch !== null) query.set('epoch', epoch);
      return json(FeedPage, { method: 'GET', path: `/v1/feed?${query}`, signal });
    },
    keys: (signal) => json(Keys, { method: 'GET', path: '/v1/keys', signal }),
    enrol: async (prove, signal) => {
      const nonce = createHash('sha256')
        .update(token ?? '')
        .digest('hex');
      const { head } = await json(Enrolled, { method: 'POST', path: '/v1/devices', body: prove(nonce), signal });
      enrolled = true;
      return head;
    },
    decide: (links, signal) =>
      json(Answers, { method: 'POST', path: '/v1/decisions', body: { decisions: links }, signal }),
    access: () => {
      if (token === null) throw new ServiceFailure('session.expired', 'no');
      return { route: { origin, patience }, token, language: language() };
    },
    signedIn: () => token !== null,
    enrolled: () => enrolled,
    doubt: () => {
      enrolled = false;
    },
    forget: () => {
      token = null;
    },
    close: () => agent.destroy(),
  };
}
