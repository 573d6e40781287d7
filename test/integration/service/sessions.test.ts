import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANDIDATE_PASSWORD, STAFF_PASSWORD } from '../../../service/sample-accounts.ts';
import { Health, Session } from '../../../shared/wire.ts';
import { tinyCandidate } from '../../factories/district.ts';
import { startTestService, type TestService } from '../../factories/running-service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startTestService({ candidates: 2 });
});
afterEach(() => service.end());

const attempt = (account: string, password: string) =>
  service.caller('').ask('POST', '/v1/sessions', { body: { account, password } });

describe('sign-in', () => {
  it('answers with the account, the end of the session and the service’s clock', async () => {
    const reply = await attempt('reviewer1', STAFF_PASSWORD);
    const session = Session.parse(reply.body);
    expect(session.account).toMatchObject({
      account: 'reviewer1',
      role: 'reviewer',
      level: 'site',
      site: '990101',
      siteName: '样例第一考点',
      district: '99',
    });
    expect(session.serverTime).toBe(service.clock.now.toISOString());
    expect(Date.parse(session.expiresAt) - Date.parse(session.serverTime)).toBe(12 * 3_600_000);
  });

  it('tells a wrong password and an unknown account alike, in the language of the request', async () => {
    const wrong = await attempt('reviewer1', 'not it');
    const unknown = await attempt('nobody', 'not it');
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    expect(wrong.body).toMatchObject({ code: 'session.credentials', title: '账号或密码不正确' });
    expect(unknown.body).toEqual(wrong.body);
    const english = await service.caller('').ask('POST', '/v1/sessions', {
      body: { account: 'nobody', password: 'x' },
      headers: { 'accept-language': 'fr;q=0.9, en-GB;q=0.8, zh;q=0.1' },
    });
    expect(english.body).toMatchObject({ title: 'Account or password is wrong' });
  });

  it('locks a name for 15 minutes after five failures, whether or not it exists', async () => {
    for (const name of ['reviewer1', 'nobody']) {
      for (let count = 0; count < 5; count += 1) expect((await attempt(name, 'wrong')).status).toBe(401);
      expect(await attempt(name, STAFF_PASSWORD)).toMatchObject({ status: 429, body: { code: 'request.too_many' } });
    }
    expect((await attempt('reviewer2', STAFF_PASSWORD)).status).toBe(200);
    service.clock.forward(14);
    expect((await attempt('reviewer1', STAFF_PASSWORD)).status).toBe(429);
    service.clock.forward(1);
    expect((await attempt('reviewer1', STAFF_PASSWORD)).status).toBe(200);
  });

  it('counts guesses that arrive all at once', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => attempt('reviewer1', 'wrong')));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(15);
  });

  it('forgets the failures after a success', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 4; count += 1) await attempt('reviewer1', 'wrong');
      expect((await attempt('reviewer1', STAFF_PASSWORD)).status).toBe(200);
    }
  });

  it('sends candidates away from the staff’s door, and staff from the candidates’', async () => {
    const { registrationNumber } = tinyCandidate(1);
    const candidate = await attempt(registrationNumber, CANDIDATE_PASSWORD);
    expect(candidate).toMatchObject({ status: 403, body: { code: 'session.role' } });
    const staff = await service.caller('').ask('POST', '/v1/candidate/sessions', {
      body: { registrationNumber: 'reviewer1', password: STAFF_PASSWORD },
    });
    expect(staff).toMatchObject({ status: 401, body: { code: 'session.credentials' } });
  });

  it('refuses what is not a sign-in, without repeating it', async () => {
    const reply = await service.caller('').ask('POST', '/v1/sessions', { body: { account: 'a', secret: 'hidden-7' } });
    expect(reply).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(JSON.stringify(reply.body)).not.toContain('hidden-7');
    const broken = await fetch(`${service.url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(await broken.json()).toMatchObject({ code: 'request.invalid', status: 400 });
  });
});

describe('sessions', () => {
  it('end after twelve hours', async () => {
    const reviewer = await service.signIn('reviewer1');
    service.clock.forward(12 * 60 - 1);
    expect((await reviewer.ask('GET', '/v1/policy')).status).toBe(200);
    service.clock.forward(1);
    expect(await reviewer.ask('GET', '/v1/policy')).toMatchObject({ status: 401, body: { code: 'session.expired' } });
  });

  it('end at sign-out, that one alone', async () => {
    const one = await service.signIn('reviewer1');
    const other = await service.signIn('reviewer1');
    expect((await one.ask('DELETE', '/v1/sessions')).status).toBe(204);
    expect((await one.ask('GET', '/v1/policy')).status).toBe(401);
    expect((await other.ask('GET', '/v1/policy')).status).toBe(200);
  });

  it('are kept as hashes only', async () => {
    const { token } = await service.signIn('reviewer1');
    const rows = await service.data.db.selectFrom('sessions').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('one address', () => {
  it('may not try without end', async () => {
    const throttled = await startTestService({ candidates: 1, signInsPerMinute: 3 });
    try {
      const tries = Array.from({ length: 5 }, (_, index) =>
        throttled.caller('').ask('POST', '/v1/sessions', { body: { account: `name${index}`, password: 'x' } }),
      );
      const replies = await Promise.all(tries);
      const limited = replies.filter(({ status }) => status === 429);
      expect(limited).toHaveLength(2);
      expect(limited[0]?.body).toMatchObject({ code: 'request.too_many' });
    } finally {
      await throttled.end();
    }
  });
});

describe('every answer', () => {
  it('carries the security headers', async () => {
    const reply = await service.caller('').ask('GET', '/v1/health');
    expect(Health.parse(reply.body).service).toBe('review-desk');
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(reply.headers.get('referrer-policy')).toBe('no-referrer');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(await service.caller('').ask('GET', '/v1/nothing')).toMatchObject({
      status: 404,
      body: { code: 'request.not_found' },
    });
  });

  it('leaves no personal data in the log', async () => {
    const candidate = await service.candidate(1);
    await candidate.ask('GET', '/v1/candidate/submission');
    await attempt('样例乙', 'secret-password');
    await candidate.ask('GET', `/v1/submissions/${tinyCandidate(1).registrationNumber}`);
    const log = service.log.join('');
    expect(log).toContain('/v1/submissions/:id');
    const { registrationNumber, form } = tinyCandidate(1);
    for (const canary of [
      registrationNumber,
      form.name,
      form.idNumber,
      candidate.token,
      'secret-password',
      '127.0.0.1:',
    ]) {
      expect(log.replaceAll(`Server listening at ${service.url}`, '')).not.toContain(canary);
    }
  });
});
