import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { z } from 'zod';
import type { Rules } from '../../service/authorise.ts';
import { fillSample } from '../../service/fill.ts';
import { CANDIDATE_PASSWORD, STAFF_PASSWORD } from '../../service/sample-accounts.ts';
import { type Opened, openData, type Running, startService } from '../../service/start.ts';
import type { SignedLink } from '../../shared/chain.ts';
import { type Act, Decision } from '../../shared/decision.ts';
import type { Submission } from '../../shared/submission.ts';
import { Answers, FeedPage, Session } from '../../shared/wire.ts';
import { TINY_DISTRICT, tinyCandidate } from './district.ts';
import { newServiceDatabase } from './service-database.ts';
import { signedBy } from './signed.ts';
import { approval, NOW } from './submission.ts';

type Answer = z.infer<typeof Answers>['answers'][number];

/** An answer over HTTP, its body read. */
export type Reply = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** Somebody with a session, who asks the service. */
export type Caller = {
  readonly token: string;
  readonly ask: (
    method: string,
    url: string,
    options?: { body?: unknown; bytes?: Uint8Array; headers?: Record<string, string> },
  ) => Promise<Reply>;
  /** Asks and parses; throws when the status isn't 200. */
  readonly get: <S extends z.ZodType>(url: string, schema: S) => Promise<z.output<S>>;
};

/** A real service on a real port, with a tiny district in a folder of its own, and a clock that the test moves. */
export type TestService = {
  readonly url: string;
  readonly folder: string;
  /** Where its database is, on PostgreSQL; undefined where it is SQLite's, in the folder. */
  readonly databaseUrl: string | undefined;
  readonly data: Opened;
  readonly running: Running;
  /** What was logged. */
  readonly log: string[];
  readonly clock: { now: Date; forward: (minutes: number) => void };
  readonly caller: (token: string) => Caller;
  readonly signIn: (account: string, password?: string) => Promise<Caller>;
  readonly candidate: (number: number) => Promise<Caller>;
  readonly end: () => Promise<void>;
};

/** Somebody with a session token at an address. */
export function callerOf(url: string, token: string): Caller {
  const ask: Caller['ask'] = async (method, address, { body, bytes, headers = {} } = {}) => {
    const response = await fetch(`${url}${address}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bytes === undefined ? {} : { 'content-type': 'image/png' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(bytes === undefined ? {} : { body: new Uint8Array(bytes) }),
    });
    const read = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: read.length === 0 ? null : isJson ? JSON.parse(read.toString('utf8')) : read,
    };
  };
  return {
    token,
    ask,
    get: async (address, schema) => {
      const reply = await ask('GET', address);
      if (reply.status !== 200) throw new Error(`GET ${address}: ${reply.status} ${JSON.stringify(reply.body)}`);
      return schema.parse(reply.body);
    },
  };
}

export type TestServiceOptions = {
  readonly candidates?: number;
  readonly folder?: string;
  readonly databaseUrl?: string | undefined;
  readonly signInsPerMinute?: number;
  readonly now?: string;
  readonly rules?: Rules;
};

/** Starts a service; with folder and database of an earlier one it goes on with that one's data. */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'review-desk-service-')));
  const clock = {
    now: new Date(options.now ?? NOW),
    forward(minutes: number) {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000);
    },
  };
  const log: string[] = [];
  const databaseUrl = options.databaseUrl ?? (await newServiceDatabase());
  const data = await openData(folder, { databaseUrl });
  await fillSample(data, {
    folder,
    count: options.candidates ?? 4,
    seed: 1,
    clock: () => clock.now,
    say: () => undefined,
    district: async () => TINY_DISTRICT,
  });
  const running = await startService(data, {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'info',
    logTo: new Writable({
      write(line, _, done) {
        log.push(String(line));
        done();
      },
    }),
    clock: () => clock.now,
    signInsPerMinute: options.signInsPerMinute ?? 10_000,
    ...(options.rules ? { rules: options.rules } : {}),
  });
  const { url } = running;
  const signInAt = async (address: string, body: object): Promise<Caller> => {
    const reply = await callerOf(url, '').ask('POST', address, { body });
    if (reply.status !== 200) throw new Error(`sign-in: ${reply.status} ${JSON.stringify(reply.body)}`);
    return callerOf(url, Session.parse(reply.body).token);
  };
  return {
    url,
    folder,
    databaseUrl,
    data,
    running,
    log,
    clock,
    caller: (token) => callerOf(url, token),
    signIn: (account, password = STAFF_PASSWORD) => signInAt('/v1/sessions', { account, password }),
    candidate: (number) =>
      signInAt('/v1/candidate/sessions', {
        registrationNumber: tinyCandidate(number).registrationNumber,
        password: CANDIDATE_PASSWORD,
      }),
    end: async () => {
      await running.stop();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** All submissions in the caller's feed. */
export async function pull(caller: Caller): Promise<Submission[]> {
  const page = await caller.get('/v1/feed?limit=200', FeedPage);
  return page.items;
}

/** The submission of the candidate with a number. */
export async function pullOne(caller: Caller, number: number): Promise<Submission> {
  const { registrationNumber } = tinyCandidate(number);
  const found = (await pull(caller)).find((submission) => submission.registrationNumber === registrationNumber);
  if (!found) throw new Error(`candidate ${number} is not in the feed`);
  return found;
}

let sequence = 0;

/** A fresh decision of one workstation. */
export function decisionOn(of: Submission, act: Act, overrides: Partial<Decision> = {}): Decision {
  sequence += 1;
  return Decision.parse({
    id: `0195b8a4-6c00-7000-8000-${String(sequence).padStart(12, '0')}`,
    submissionId: of.id,
    revision: of.revision,
    device: '0195b8a4-6c00-7000-8000-0000000000aa',
    deviceSeq: sequence,
    madeAt: NOW,
    act,
    ...overrides,
  });
}

/** Sends decisions from the caller's workstation, chained and signed, and gives the answers. */
export async function send(caller: Caller, ...decisions: readonly Decision[]): Promise<Answer[]> {
  return sendLinks(caller, ...(await signedBy(caller, decisions)));
}

/** Sends links of a chain as they are, and gives the answers. */
export async function sendLinks(caller: Caller, ...links: readonly SignedLink[]): Promise<Answer[]> {
  const reply = await caller.ask('POST', '/v1/decisions', { body: { decisions: links } });
  if (reply.status !== 200) throw new Error(`decisions: ${reply.status} ${JSON.stringify(reply.body)}`);
  return Answers.parse(reply.body).answers;
}

/** Locks every image of a submission that isn't locked yet. */
export function lockingAll(of: Submission): Decision[] {
  return of.images
    .filter(({ state }) => state !== 'locked')
    .map(({ slot, sha256 }) => decisionOn(of, { kind: 'image.lock', slot, sha256 }));
}

/**
 * Judges the submission of the candidate with a number to its end: locks what isn't locked, then approves; the answer.
 * @throws Error when the service has none
 */
export async function approveWhole(caller: Caller, number: number): Promise<Answer> {
  const locking = lockingAll(await pullOne(caller, number));
  if (locking.length > 0) await send(caller, ...locking);
  const locked = await pullOne(caller, number);
  const [answer] = await send(caller, decisionOn(locked, approval(locked)));
  if (!answer) throw new Error('no answer');
  return answer;
}
