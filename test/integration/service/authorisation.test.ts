import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Decision } from '../../../shared/decision.ts';
import type { Submission } from '../../../shared/submission.ts';
import { png } from '../../factories/pictures.ts';
import {
  type Caller,
  decisionOn,
  lockingAll,
  pullOne,
  send,
  startTestService,
  type TestService,
} from '../../factories/running-service.ts';
import { askEnrolment, newTestDevice, signedBy } from '../../factories/signed.ts';
import { approval } from '../../factories/submission.ts';

/**
 * Who asks, always about candidate 1, who is of site 990101 and has been passed to the district, or (`fresh`)
 * candidate 3, who is of that site too and has not.
 */
const WHO = [
  'nobody',
  'reviewer of the site',
  'reviewer of another site',
  'reviewer of the district',
  'supervisor of the site',
  'supervisor of the district',
  'the candidate',
  'another candidate',
] as const;
type Who = (typeof WHO)[number];

let service: TestService;
let callers: Record<Who, Caller>;
/** A decision of reviewer1. */
let known: string;
let passed: Submission;
let fresh: Submission;

beforeAll(async () => {
  service = await startTestService();
  const reviewer = await service.signIn('reviewer1');
  const begun = await pullOne(reviewer, 1);
  const locking = lockingAll(begun);
  known = locking[0]?.id ?? '';
  await send(reviewer, ...locking);
  const locked = await pullOne(reviewer, 1);
  await send(reviewer, decisionOn(locked, approval(locked)));
  passed = await pullOne(reviewer, 1);
  fresh = await pullOne(reviewer, 3);
  callers = {
    nobody: service.caller(''),
    'reviewer of the site': await service.signIn('reviewer2'),
    'reviewer of another site': await service.signIn('reviewer3'),
    'reviewer of the district': await service.signIn('district1'),
    'supervisor of the site': await service.signIn('supervisor1'),
    'supervisor of the district': await service.signIn('supervisor9'),
    'the candidate': await service.candidate(1),
    'another candidate': await service.candidate(2),
  };
});
afterAll(() => service.end());

const statuses = (...all: readonly number[]): Record<Who, number> => {
  const entries = WHO.map((who, index) => [who, all[index] ?? 0] as const);
  return Object.fromEntries(entries) as Record<Who, number>;
};

/** What each may do. A route that is not here fails the test below. */
const EXPECTED: Record<string, { ask: (caller: Caller) => Promise<{ status: number }>; status: Record<Who, number> }> =
  {
    'GET /v1/health': {
      ask: (caller) => caller.ask('GET', '/v1/health'),
      status: statuses(200, 200, 200, 200, 200, 200, 200, 200),
    },
    'POST /v1/sessions': {
      ask: (caller) => caller.ask('POST', '/v1/sessions', { body: { account: 'x', password: 'x' } }),
      status: statuses(401, 401, 401, 401, 401, 429, 429, 429),
    },
    'POST /v1/candidate/sessions': {
      ask: (caller) =>
        caller.ask('POST', '/v1/candidate/sessions', { body: { registrationNumber: 'x', password: 'x' } }),
      status: statuses(401, 401, 401, 401, 401, 429, 429, 429),
    },
    'DELETE /v1/sessions': {
      ask: async (caller) => {
        if (caller.token === '') return caller.ask('DELETE', '/v1/sessions');
        // A session of its own, so that the others stay.
        return { status: (await caller.ask('HEAD', '/v1/policy')).status === 200 ? 204 : 401 };
      },
      status: statuses(401, 204, 204, 204, 204, 204, 204, 204),
    },
    'POST /v1/accounts/password': {
      ask: (caller) => caller.ask('POST', '/v1/accounts/password', { body: { current: 'x', next: 'too weak' } }),
      status: statuses(401, 400, 400, 400, 400, 400, 403, 403),
    },
    'POST /v1/recovery': {
      ask: (caller) => {
        const sealed = { to: 'a'.repeat(64), enc: 'b'.repeat(64), data: 'c'.repeat(96) };
        const body = { profile: 'd'.repeat(32), sealed, to: 'e'.repeat(64) };
        return caller.ask('POST', '/v1/recovery', { body });
      },
      status: statuses(401, 409, 409, 409, 409, 409, 403, 403),
    },
    'GET /v1/policy': {
      ask: (caller) => caller.ask('GET', '/v1/policy'),
      status: statuses(401, 200, 200, 200, 200, 200, 200, 200),
    },
    'GET /v1/feed': {
      ask: (caller) => caller.ask('GET', '/v1/feed'),
      status: statuses(401, 200, 200, 200, 200, 200, 403, 403),
    },
    'GET /v1/images/{sha256}': {
      ask: (caller) => caller.ask('GET', `/v1/images/${passed.images[0]?.sha256}`),
      status: statuses(401, 200, 404, 200, 200, 200, 200, 404),
    },
    'GET /v1/submissions/{id}': {
      ask: (caller) => caller.ask('GET', `/v1/submissions/${passed.id}`),
      status: statuses(401, 200, 404, 200, 200, 200, 403, 403),
    },
    'GET /v1/submissions/{id}/decisions': {
      ask: (caller) => caller.ask('GET', `/v1/submissions/${passed.id}/decisions`),
      status: statuses(401, 200, 404, 200, 200, 200, 403, 403),
    },
    'GET /v1/keys': {
      ask: (caller) => caller.ask('GET', '/v1/keys'),
      status: statuses(200, 200, 200, 200, 200, 200, 200, 200),
    },
    'POST /v1/devices': {
      ask: (caller) => askEnrolment(caller, newTestDevice()),
      status: statuses(401, 200, 200, 200, 403, 403, 403, 403),
    },
    'POST /v1/decisions': {
      ask: async (caller) => {
        const { slot, sha256 } = passed.images[0] ?? { slot: '', sha256: '' };
        const decision = Decision.parse({
          ...decisionOn(passed, approval(passed)),
          act: { kind: 'image.lock', slot, sha256 },
        });
        return caller.ask('POST', '/v1/decisions', { body: { decisions: await signedBy(caller, [decision]) } });
      },
      status: statuses(401, 200, 200, 200, 403, 403, 403, 403),
    },
    'POST /v1/claims': {
      ask: (caller) => caller.ask('POST', '/v1/claims', { body: { submissions: [passed.id] } }),
      status: statuses(401, 200, 200, 200, 403, 403, 403, 403),
    },
    'POST /v1/claims/release': {
      ask: (caller) => caller.ask('POST', '/v1/claims/release', { body: { claims: [{ id: passed.id, token: 9 }] } }),
      status: statuses(401, 204, 204, 204, 403, 403, 403, 403),
    },
    'GET /v1/submissions/{id}/reviewers': {
      ask: (caller) => caller.ask('GET', `/v1/submissions/${passed.id}/reviewers`),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'POST /v1/submissions/{id}/claim/takeover': {
      ask: (caller) =>
        caller.ask('POST', `/v1/submissions/${passed.id}/claim/takeover`, { body: { to: null, reason: '测试' } }),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'GET /v1/log/head': {
      ask: (caller) => caller.ask('GET', '/v1/log/head'),
      status: statuses(401, 200, 200, 200, 200, 200, 403, 403),
    },
    'GET /v1/log/consistency': {
      ask: (caller) => caller.ask('GET', '/v1/log/consistency?from=1&to=2'),
      status: statuses(401, 200, 200, 200, 200, 200, 403, 403),
    },
    'GET /v1/log/inclusion': {
      ask: (caller) => caller.ask('GET', `/v1/log/inclusion?decision=${known}&size=20`),
      status: statuses(401, 404, 404, 404, 200, 200, 403, 403),
    },
    'GET /v1/log/entries': {
      ask: (caller) => caller.ask('GET', '/v1/log/entries?limit=2'),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'GET /v1/candidate/submission': {
      ask: (caller) => caller.ask('GET', '/v1/candidate/submission'),
      status: statuses(401, 403, 403, 403, 403, 403, 200, 200),
    },
    'PUT /v1/candidate/images/{slot}': {
      ask: (caller) => caller.ask('PUT', '/v1/candidate/images/M01-1', { bytes: png(1) }),
      status: statuses(401, 403, 403, 403, 403, 403, 409, 409),
    },
    'POST /v1/candidate/submit': {
      ask: (caller) => caller.ask('POST', '/v1/candidate/submit'),
      status: statuses(401, 403, 403, 403, 403, 403, 409, 409),
    },
  };

const Description = z.object({ paths: z.record(z.string(), z.record(z.string(), z.object({ summary: z.string() }))) });

describe('every route', () => {
  it('is described, and has its expectation here', async () => {
    const reply = await service.caller('').ask('GET', '/v1/openapi.json');
    const { paths } = Description.parse(reply.body);
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.keys(EXPECTED))('%s lets in whom it should', async (route) => {
    const expected = EXPECTED[route];
    if (!expected) throw new Error('no expectation');
    const found: Partial<Record<Who, number>> = {};
    for (const who of WHO) found[who] = (await expected.ask(callers[who])).status;
    expect(found).toEqual(expected.status);
  });
});

describe('scope', () => {
  it('answers decisions out of reach as not allowed, and keeps nothing of them', async () => {
    const [first] = fresh.images;
    if (!first) throw new Error('no image');
    const act = { kind: 'image.lock' as const, slot: first.slot, sha256: first.sha256 };
    const [foreign] = await send(callers['reviewer of another site'], decisionOn(fresh, act));
    expect(foreign).toMatchObject({ outcome: 'refused', problem: { code: 'account.not_allowed' } });
    // The district may look at nothing that the site has not passed; a decision on it is out of turn.
    const [early] = await send(callers['reviewer of the district'], decisionOn(fresh, act));
    expect(early).toMatchObject({ outcome: 'conflict', problem: { code: 'decision.status' } });
    expect((await pullOne(callers['reviewer of the site'], 3)).images[0]?.state).toBe('open');
  });

  it('shows the district’s reviewers only what a site has passed, its supervisors everything', async () => {
    const feed = async (who: Who) => {
      const reply = await callers[who].ask('GET', '/v1/feed');
      const { items } = z.object({ items: z.array(z.object({ id: z.string(), site: z.string() })) }).parse(reply.body);
      return items;
    };
    expect(await feed('reviewer of the district')).toEqual([expect.objectContaining({ id: passed.id })]);
    expect(await feed('supervisor of the district')).toHaveLength(4);
    for (const who of ['reviewer of the site', 'supervisor of the site'] as const) {
      expect((await feed(who)).map(({ site }) => site)).toEqual(['990101', '990101']);
    }
    expect((await feed('reviewer of another site')).map(({ site }) => site)).toEqual(['990102', '990102']);
    expect((await callers['reviewer of the district'].ask('GET', `/v1/submissions/${fresh.id}`)).status).toBe(404);
    const image = `/v1/images/${fresh.images[0]?.sha256}`;
    expect((await callers['reviewer of the district'].ask('GET', image)).status).toBe(404);
  });
});
