import { expect, test } from 'vitest';
import { answerFailure, networkFailure } from '../../../../electron/sync/failures.ts';
import { problem } from '../../../../shared/problem.ts';

const system = (code: string) => Object.assign(new Error('secret detail'), { code });

test.each([
  ['ENOTFOUND', 'network.address', 'no'],
  ['EAI_AGAIN', 'network.address', 'no'],
  ['ECONNREFUSED', 'network.refused', 'no'],
  ['ENETUNREACH', 'network.offline', 'no'],
  ['EHOSTUNREACH', 'network.timeout', 'no'],
  ['ECONNRESET', 'network.broken', 'perhaps'],
  ['UND_ERR_SOCKET', 'network.broken', 'perhaps'],
  ['UND_ERR_CONNECT_TIMEOUT', 'network.timeout', 'no'],
  ['UND_ERR_HEADERS_TIMEOUT', 'network.stalled', 'perhaps'],
  ['UND_ERR_BODY_TIMEOUT', 'network.stalled', 'perhaps'],
  ['CERT_HAS_EXPIRED', 'network.certificate_expired', 'no'],
  ['CERT_NOT_YET_VALID', 'network.clock', 'no'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network.certificate_self_signed', 'no'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'network.certificate_unknown', 'no'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network.certificate_unknown', 'no'],
  ['CERT_REVOKED', 'network.certificate', 'no'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'network.certificate_host', 'no'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'network.not_service', 'no'],
  ['HPE_INVALID_CONSTANT', 'network.not_service', 'perhaps'],
  ['SOMETHING_NEW', 'network.broken', 'perhaps'],
])('%s is %s; carried out: %s', (code, expected, effect) => {
  const failure = networkFailure(system(code));
  expect(failure).toMatchObject({ code: expected, effect, detail: code });
  expect(failure.message).not.toContain('secret');
});

test('the cause is found inside other errors', () => {
  expect(networkFailure(new Error('outer', { cause: system('ENOTFOUND') })).code).toBe('network.address');
  const both = new AggregateError([system('ENETUNREACH'), system('ECONNREFUSED')]);
  expect(networkFailure(both).code).toBe('network.refused');
});

const away = { hasNetwork: () => true, proxy: 'proxy.example.cn:3128' };

test('before a connection stands it is the proxy or the missing network that fails, afterwards the line', () => {
  expect(networkFailure(system('ECONNREFUSED'), away)).toMatchObject({
    code: 'network.proxy_unreachable',
    facts: { proxy: 'proxy.example.cn:3128' },
  });
  expect(networkFailure(system('ENOTFOUND'), away).code).toBe('network.proxy_unreachable');
  expect(networkFailure(system('ECONNRESET'), away).code).toBe('network.broken');
  const unplugged = { hasNetwork: () => false, proxy: null };
  expect(networkFailure(system('ENOTFOUND'), unplugged).code).toBe('network.offline');
  expect(networkFailure(system('ECONNRESET'), unplugged).code).toBe('network.broken');
});

test.each([
  [407, 'network.proxy_auth'],
  [403, 'network.proxy_refused'],
  [405, 'network.proxy_refused'],
  [502, 'network.gateway'],
  [503, 'network.gateway'],
  [511, 'network.portal'],
  [302, 'network.portal'],
])('a proxy that answers %i: %s', (status, code) => {
  const error = Object.assign(new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`), {
    code: 'UND_ERR_ABORTED',
  });
  expect(networkFailure(error, away)).toMatchObject({ code, effect: 'no', detail: `proxy ${status}` });
});

test('a wait that ended says where and how long', () => {
  const waited = { connect: 1, headers: 2, body: 3 };
  const facts = (code: string) => networkFailure(system(code), { hasNetwork: () => true, proxy: null, waited }).facts;
  expect(facts('UND_ERR_CONNECT_TIMEOUT')).toEqual({ stage: 'connect', waited: 1 });
  expect(facts('UND_ERR_HEADERS_TIMEOUT')).toEqual({ stage: 'answer', waited: 2 });
  expect(facts('UND_ERR_BODY_TIMEOUT')).toEqual({ stage: 'content', waited: 3 });
  expect(facts('ECONNRESET')).toBeUndefined();
});

const ORIGIN = 'https://review.example.cn';
const PAGE = '<!doctype html><title>x</title>';

test('an answer of ours is what it says', () => {
  const said = (code: Parameters<typeof problem>[0], status: number) =>
    answerFailure({ status, body: JSON.stringify(problem(code)), type: 'application/problem+json' }, ORIGIN);
  expect(said('session.expired', 401)).toMatchObject({ code: 'session.expired', effect: 'no' });
  expect(said('service.failed', 500)).toMatchObject({ code: 'service.failed', effect: 'perhaps' });
});

test.each([
  [{ status: 302, location: 'http://login.example.cn/?from=x' }, 'network.portal', 'no'],
  [{ status: 307, location: '//login.example.cn' }, 'network.portal', 'no'],
  [{ status: 302, location: '/elsewhere' }, 'network.not_service', 'no'],
  [{ status: 302 }, 'network.not_service', 'no'],
  [{ status: 511, body: PAGE }, 'network.portal', 'no'],
  [{ status: 200, body: PAGE, type: 'text/html; charset=utf-8' }, 'network.portal', 'perhaps'],
  [{ status: 200, body: ` ${PAGE}` }, 'network.portal', 'perhaps'],
  [{ status: 200, body: 'ok', type: 'text/plain' }, 'network.not_service', 'perhaps'],
  [{ status: 407, body: PAGE }, 'network.proxy_auth', 'no'],
  [{ status: 404, body: PAGE, type: 'text/html' }, 'network.not_service', 'no'],
  [{ status: 403, body: '{"code":"made.up"}' }, 'network.not_service', 'no'],
  [{ status: 500, body: PAGE, type: 'text/html' }, 'service.failed', 'perhaps'],
  [{ status: 502, body: PAGE, type: 'text/html' }, 'network.gateway', 'perhaps'],
  [{ status: 503, body: '' }, 'network.gateway', 'perhaps'],
  [{ status: 504, body: 'upstream' }, 'network.gateway', 'perhaps'],
])('%o is %s; carried out: %s', (reply, code, effect) => {
  expect(answerFailure({ body: '', ...reply }, ORIGIN)).toMatchObject({ code, effect });
});
