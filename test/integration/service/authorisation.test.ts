import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Access, EVERYONE_SIGNED_IN, SCOPES } from '../../../service/access.ts';
import { RULES } from '../../../service/authorise.ts';
import type { Scope } from '../../../service/store/scope.ts';
import { Decision } from '../../../shared/decision.ts';
import { SpotCheck } from '../../../shared/spot-check/wire.ts';
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
/** A spot check of the site, with one item. */
let check: string;
/** The table that the service asks: a copy that a test may change for a moment. */
const rules: Record<string, Access> = { ...RULES };

const PLAN = {
  method: 'simple',
  size: 1,
  seed: 1,
  from: null,
  to: null,
  level: null,
} as const;

beforeAll(async () => {
  service = await startTestService({ rules });
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
  const drawn = await callers['supervisor of the site'].ask('POST', '/v1/spot-checks', { body: PLAN });
  check = SpotCheck.parse(drawn.body).id;
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
          // Of another revision: it is taken from whoever may send it, and changes nothing.
          revision: passed.revision + 9,
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
    'POST /v1/spot-checks': {
      ask: (caller) => caller.ask('POST', '/v1/spot-checks', { body: PLAN }),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'GET /v1/spot-checks': {
      ask: (caller) => caller.ask('GET', '/v1/spot-checks'),
      status: statuses(401, 200, 200, 200, 200, 200, 403, 403),
    },
    'GET /v1/spot-checks/{id}': {
      ask: (caller) => caller.ask('GET', `/v1/spot-checks/${check}`),
      status: statuses(401, 200, 404, 200, 200, 200, 403, 403),
    },
    'GET /v1/spot-checks/{id}/items/{n}': {
      ask: (caller) => caller.ask('GET', `/v1/spot-checks/${check}/items/1`),
      status: statuses(401, 200, 404, 200, 200, 200, 403, 403),
    },
    'POST /v1/spot-checks/{id}/items/{n}/judgements': {
      // Without a word on what is wrong: refused after the rights are known, so that nothing is judged.
      ask: (caller) =>
        caller.ask('POST', `/v1/spot-checks/${check}/items/1/judgements`, {
          body: { verdict: 'refuse', reasons: [], comment: '' },
        }),
      status: statuses(401, 400, 404, 400, 400, 400, 403, 403),
    },
    'GET /v1/spot-checks/{id}/agreement': {
      ask: (caller) => caller.ask('GET', `/v1/spot-checks/${check}/agreement`),
      status: statuses(401, 200, 404, 200, 200, 200, 403, 403),
    },
    'POST /v1/exports': {
      ask: (caller) =>
        caller.ask('POST', '/v1/exports', { body: { what: 'decisions', format: 'csv', filter: {}, rows: 0 } }),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'POST /v1/audit/decisions': {
      ask: (caller) => caller.ask('POST', '/v1/audit/decisions', { body: {} }),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'POST /v1/audit/counts': {
      ask: (caller) => caller.ask('POST', '/v1/audit/counts', { body: {} }),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'GET /v1/audit/people': {
      ask: (caller) => caller.ask('GET', '/v1/audit/people'),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'GET /v1/submissions/{id}/history': {
      ask: (caller) => caller.ask('GET', `/v1/submissions/${passed.id}/history`),
      status: statuses(401, 403, 403, 403, 200, 200, 403, 403),
    },
    'GET /v1/overview': {
      ask: (caller) => caller.ask('GET', '/v1/overview'),
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

/** What each is answered on a route now. */
async function answersOn(route: string): Promise<Partial<Record<Who, number>>> {
  const found: Partial<Record<Who, number>> = {};
  for (const who of WHO) found[who] = (await EXPECTED[route]?.ask(callers[who]))?.status ?? 0;
  return found;
}

/** A path of the description in the server's own notation. */
const keyOf = (route: string): string => route.replaceAll(/\{(\w+)\}/g, ':$1');

describe('every route', () => {
  it('is described, and has its rule and its expectation here', async () => {
    const reply = await service.caller('').ask('GET', '/v1/openapi.json');
    const { paths } = Description.parse(reply.body);
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(Object.keys(EXPECTED).sort());
    expect(routes.map(keyOf).sort()).toEqual(Object.keys(RULES).sort());
  });

  it.each(Object.keys(EXPECTED))('%s lets in whom it should', async (route) => {
    expect(await answersOn(route)).toEqual(EXPECTED[route]?.status);
  });

  it('needs a rule: the server does not start with one that has none', async () => {
    const { 'GET /v1/feed': _, ...rest } = RULES;
    await expect(startTestService({ rules: rest })).rejects.toThrow('GET /v1/feed');
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

describe('a rule that is taken away', () => {
  // Sign-in stays limited for the address whatever the rule: it is not asked again.
  const routes = Object.keys(EXPECTED).filter((route) => !route.endsWith('sessions'));

  it.each(routes)('%s lets in nobody, and the matrix above would be red', async (route) => {
    const key = keyOf(route);
    const before = rules[key];
    delete rules[key];
    try {
      expect(await answersOn(route)).not.toEqual(EXPECTED[route]?.status);
    } finally {
      if (before !== undefined) rules[key] = before;
    }
  });

  const restricted = routes.filter((route) => ![EVERYONE_SIGNED_IN, 'anyone'].includes(RULES[keyOf(route)] ?? ''));

  it.each(restricted)('%s for a wider one turns the matrix red', async (route) => {
    const key = keyOf(route);
    const before = rules[key];
    rules[key] = EVERYONE_SIGNED_IN;
    try {
      expect(await answersOn(route)).not.toEqual(EXPECTED[route]?.status);
    } finally {
      if (before !== undefined) rules[key] = before;
    }
  });
});

describe('a scope that is widened', () => {
  const wide = (): Scope => ({ kind: 'district', district: '99', passed: false });
  /** Who has each scope, and what the others’ candidate 3 (not passed to the district) answers them. */
  const cases: readonly [keyof typeof SCOPES, Who, () => string][] = [
    ['own', 'another candidate', () => `/v1/images/${passed.images[0]?.sha256}`],
    ['site', 'reviewer of another site', () => `/v1/submissions/${fresh.id}`],
    ['district reviewer', 'reviewer of the district', () => `/v1/submissions/${fresh.id}`],
  ];

  it.each(cases)('%s lets somebody see what is not theirs', async (rule, who, url) => {
    expect((await callers[who].ask('GET', url())).status).toBe(404);
    const before = SCOPES[rule];
    SCOPES[rule] = wide;
    try {
      expect((await callers[who].ask('GET', url())).status).toBe(200);
    } finally {
      SCOPES[rule] = before;
    }
  });

  it('district supervisor: narrowed, it no longer sees everything', async () => {
    const url = `/v1/submissions/${fresh.id}`;
    const before = SCOPES['district supervisor'];
    SCOPES['district supervisor'] = SCOPES['district reviewer'];
    try {
      expect((await callers['supervisor of the district'].ask('GET', url)).status).toBe(404);
    } finally {
      SCOPES['district supervisor'] = before;
    }
    expect((await callers['supervisor of the district'].ask('GET', url)).status).toBe(200);
  });
});
