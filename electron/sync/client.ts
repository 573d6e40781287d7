import { createHash } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import type { z } from 'zod';
import { AuditCounts, AuditPage, AuditPeople, SubmissionHistory } from '../../shared/audit/wire.ts';
import { RecoveryAnswer } from '../../shared/keys.ts';
import { ConsistencyProof, InclusionProof, SignedTreeHead } from '../../shared/log.ts';
import { Overview } from '../../shared/overview.ts';
import { Policy } from '../../shared/policy.ts';
import type { Language } from '../../shared/problem.ts';
import {
  ExportMade,
  SpotAgreement,
  SpotCheck,
  SpotCheckDetail,
  SpotChecks,
  SpotItem,
  SpotSubject,
} from '../../shared/spot-check/wire.ts';
import {
  Answers,
  ClaimAnswers,
  DecisionHistory,
  Enrolled,
  FeedPage,
  Health,
  Keys,
  Reviewers,
  Session,
  TakenOver,
} from '../../shared/wire.ts';
import { parse } from './answer.ts';
import { diagnose } from './diagnose.ts';
import { answerFailure, isAway, isPage, networkFailure, ServiceFailure } from './failures.ts';
import { type LineOptions, openLine, PATIENCE, type Patience } from './line.ts';
import type { Service } from './service.ts';
import { DIRECT, type Route, shownProxy, type Way } from './way.ts';

const LARGEST_JSON = 64 * 1024 * 1024;
/** Pictures have connections of their own (`images/transfer.ts`). */
const CONNECTIONS = 4;
/** The service is slow when half of its last answers took longer to begin, ms. */
const SLOW = 3_000;
const PACES = 5;

export type ServiceOptions = {
  readonly origin: string;
  readonly language: () => Language;
  readonly way?: Way;
  readonly now?: () => Date;
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

/** Waits for what others wait for too; goes on its own way when its signal says so. */
function orAborted<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return shared;
  return new Promise((resolve, reject) => {
    const end = () => reject(new ServiceFailure('network.broken', 'no', 'UND_ERR_ABORTED'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

const nothingSent = ({ code, detail, cause, facts }: ServiceFailure) =>
  new ServiceFailure(code, 'no', detail, { cause, facts });

/**
 * Opens the service at an origin. Besides the pictures (`images/download.ts`) the only caller of HTTP; redirects are
 * not followed. Before anything of ours is sent,
 * and again after each failure, the service is asked who it is, without session and content: a login page or another
 * server gets to see nothing else.
 */
export function openService({
  origin,
  language,
  way = DIRECT,
  now = () => new Date(),
  patience = PATIENCE,
}: ServiceOptions): Service {
  let current: { readonly dispatcher: Dispatcher; readonly options: LineOptions } | null = null;
  let closed = false;
  let token: string | null = null;
  let enrolled = false;
  /** The service has said who it is, and nothing has gone wrong since. */
  let known = false;
  let knocking: Promise<z.infer<typeof Health>> | null = null;
  /** Which of several routes is tried. */
  let turn = 0;
  let paces: number[] = [];
  let heard: { readonly time: number; readonly at: number } | null = null;

  const hear = (time: string) => {
    heard = { time: Date.parse(time), at: performance.now() };
  };
  const serviceTime = () => heard && heard.time + performance.now() - heard.at;

  /** The route to try now. */
  async function route(): Promise<Exclude<Route, 'unsupported'>> {
    const routes = await way.routes(origin);
    const chosen = routes[turn % routes.length] ?? null;
    if (chosen === 'unsupported') throw new ServiceFailure('network.proxy_kind', 'no');
    return chosen;
  }

  /** The line as the system wants it now; another one than before when the network has changed. */
  async function lay(): Promise<LineOptions> {
    const proxy = await route();
    const authorities = way.authorities();
    if (closed) throw new ServiceFailure('network.broken', 'no', 'UND_ERR_CLOSED');
    const options = { origin, patience, connections: CONNECTIONS, proxy, authorities };
    if (current && JSON.stringify(current.options) === JSON.stringify(options)) return current.options;
    const before = current;
    current = { dispatcher: openLine(options), options };
    void before?.dispatcher.close();
    return options;
  }

  const proxyInUse = () => (current?.options.proxy ? shownProxy(current.options.proxy) : null);

  async function exchange(
    { method, path, body, signal }: Call,
    largest: number,
    session: string | null,
  ): Promise<Buffer> {
    const line = current;
    if (!line) throw new ServiceFailure('network.broken', 'no', 'UND_ERR_CLOSED');
    const began = performance.now();
    const limit = largest === LARGEST_JSON && patience.whole !== undefined ? AbortSignal.timeout(patience.whole) : null;
    const signals = [signal, limit].filter((one) => one !== undefined && one !== null);
    try {
      const answer = await request(`${origin}${path}`, {
        method,
        dispatcher: line.dispatcher,
        headers: {
          'accept-language': language(),
          ...(session === null ? {} : { authorization: `Bearer ${session}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
      });
      paces = [performance.now() - began, ...paces].slice(0, PACES);
      const bytes = await readAll(answer.body, largest);
      const type = String(answer.headers['content-type'] ?? '');
      const isFine = answer.statusCode >= 200 && answer.statusCode < 300;
      if (isFine && !isPage({ type, body: '' })) return bytes;
      const location = String(answer.headers.location ?? '');
      throw answerFailure({ status: answer.statusCode, body: bytes.toString('utf8'), type, location }, origin);
    } catch (error) {
      if (limit?.aborted && !signal?.aborted) throw new ServiceFailure('network.slow', 'perhaps', 'whole');
      if (error instanceof ServiceFailure) throw error;
      throw networkFailure(error, { proxy: proxyInUse(), hasNetwork: way.hasNetwork, waited: patience });
    }
  }

  /** Asks the service who it is, and names what stands in the way. */
  async function knock(): Promise<z.infer<typeof Health>> {
    const line = await lay();
    try {
      const health = parse(Health, await exchange({ method: 'GET', path: '/v1/health' }, LARGEST_JSON, null));
      hear(health.time);
      known = true;
      return health;
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      if (error.code === 'network.proxy_unreachable') turn += 1;
      const { plainPort } = way;
      const closer = closed
        ? error
        : await diagnose(error, { line, plainPort, now: () => now().getTime(), serviceTime });
      throw nothingSent(closer);
    }
  }

  /** The knock that is under way, or a new one. */
  const introduced = (signal: AbortSignal | undefined) => {
    knocking ??= knock().finally(() => {
      knocking = null;
    });
    return orAborted(knocking, signal);
  };

  async function send(call: Call, largest: number): Promise<Buffer> {
    if (!known) await introduced(call.signal);
    try {
      return await exchange(call, largest, token);
    } catch (error) {
      if (isAway(error) && !call.signal?.aborted) known = false;
      throw error;
    }
  }

  async function json<T extends z.ZodType>(schema: T, call: Call): Promise<z.infer<T>> {
    const bytes = await send(call, LARGEST_JSON);
    try {
      return parse(schema, bytes);
    } catch (error) {
      known = false;
      throw error;
    }
  }

  return {
    origin,
    health: (signal) => introduced(signal),
    signIn: async (account, password) => {
      const session = await json(Session, { method: 'POST', path: '/v1/sessions', body: { account, password } });
      token = session.token;
      hear(session.serverTime);
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
    feed: async ({ epoch, after, limit }, signal) => {
      const query = new URLSearchParams({ after: String(after), limit: String(limit) });
      if (epoch !== null) query.set('epoch', epoch);
      const page = await json(FeedPage, { method: 'GET', path: `/v1/feed?${query}`, signal });
      hear(page.serverTime);
      return page;
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
    changePassword: async (current, next) => {
      await send({ method: 'POST', path: '/v1/accounts/password', body: { current, next } }, LARGEST_JSON);
    },
    recover: async (body) => (await json(RecoveryAnswer, { method: 'POST', path: '/v1/recovery', body })).sealed,
    decide: (links, signal) =>
      json(Answers, { method: 'POST', path: '/v1/decisions', body: { decisions: links }, signal }),
    claim: (submissions, signal) =>
      json(ClaimAnswers, { method: 'POST', path: '/v1/claims', body: { submissions }, signal }),
    release: async (claims, signal) => {
      await send({ method: 'POST', path: '/v1/claims/release', body: { claims }, signal }, LARGEST_JSON);
    },
    reviewers: (id) => json(Reviewers, { method: 'GET', path: `/v1/submissions/${id}/reviewers` }),
    takeOver: (id, body) => json(TakenOver, { method: 'POST', path: `/v1/submissions/${id}/claim/takeover`, body }),
    history: (id, signal) => json(DecisionHistory, { method: 'GET', path: `/v1/submissions/${id}/decisions`, signal }),
    spotChecks: () => json(SpotChecks, { method: 'GET', path: '/v1/spot-checks' }),
    drawSpotCheck: (body) => json(SpotCheck, { method: 'POST', path: '/v1/spot-checks', body }),
    spotCheck: (id) => json(SpotCheckDetail, { method: 'GET', path: `/v1/spot-checks/${id}` }),
    spotItem: (id, n) => json(SpotSubject, { method: 'GET', path: `/v1/spot-checks/${id}/items/${n}` }),
    spotAgreement: (id) => json(SpotAgreement, { method: 'GET', path: `/v1/spot-checks/${id}/agreement` }),
    judgeSpot: (id, n, body) =>
      json(SpotItem, { method: 'POST', path: `/v1/spot-checks/${id}/items/${n}/judgements`, body }),
    overview: () => json(Overview, { method: 'GET', path: '/v1/overview' }),
    recordExport: (body) => json(ExportMade, { method: 'POST', path: '/v1/exports', body }),
    auditPage: (body) => json(AuditPage, { method: 'POST', path: '/v1/audit/decisions', body }),
    auditCounts: (body) => json(AuditCounts, { method: 'POST', path: '/v1/audit/counts', body }),
    auditPeople: () => json(AuditPeople, { method: 'GET', path: '/v1/audit/people' }),
    submissionHistory: (id) => json(SubmissionHistory, { method: 'GET', path: `/v1/submissions/${id}/history` }),
    logHead: (signal) => json(SignedTreeHead, { method: 'GET', path: '/v1/log/head', signal }),
    logConsistency: async (from, to, signal) => {
      const path = `/v1/log/consistency?from=${from}&to=${to}`;
      return (await json(ConsistencyProof, { method: 'GET', path, signal })).path;
    },
    logInclusion: (decision, size, signal) =>
      json(InclusionProof, { method: 'GET', path: `/v1/log/inclusion?decision=${decision}&size=${size}`, signal }),
    access: async (signal) => {
      if (!known) await introduced(signal);
      if (token === null) throw new ServiceFailure('session.expired', 'no');
      return { line: current?.options ?? (await lay()), token, language: language() };
    },
    suspect: () => {
      known = false;
    },
    signedIn: () => token !== null,
    enrolled: () => enrolled,
    doubt: () => {
      enrolled = false;
    },
    forget: () => {
      token = null;
    },
    line: async () => current?.options ?? lay(),
    condition: () => {
      const middle = [...paces].sort((a, b) => a - b)[Math.floor(paces.length / 2)] ?? 0;
      return { proxy: proxyInUse(), slow: middle > SLOW ? Math.round(middle) : null };
    },
    close: async () => {
      closed = true;
      await current?.dispatcher.destroy();
    },
  };
}
