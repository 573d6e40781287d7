import { expect, test } from 'vitest';
import { answerFailure, networkFailure } from '../../../../electron/sync/failures.ts';
import { problem } from '../../../../shared/problem.ts';

const system = (code: string) => Object.assign(new Error('secret detail'), { code });

test.each([
  ['ENOTFOUND', 'network.address', 'no'],
  ['EAI_AGAIN', 'network.address', 'no'],
  ['ECONNREFUSED', 'network.refused', 'no'],
  ['ENETUNREACH', 'network.refused', 'no'],
  ['ECONNRESET', 'network.refused', 'perhaps'],
  ['UND_ERR_SOCKET', 'network.refused', 'perhaps'],
  ['UND_ERR_CONNECT_TIMEOUT', 'network.timeout', 'no'],
  ['UND_ERR_HEADERS_TIMEOUT', 'network.timeout', 'perhaps'],
  ['UND_ERR_BODY_TIMEOUT', 'network.timeout', 'perhaps'],
  ['CERT_HAS_EXPIRED', 'network.certificate', 'no'],
  ['CERT_NOT_YET_VALID', 'network.clock', 'no'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network.certificate', 'no'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'network.certificate', 'no'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network.certificate', 'no'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'network.certificate', 'no'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'network.not_service', 'no'],
  ['HPE_INVALID_CONSTANT', 'network.not_service', 'perhaps'],
  ['SOMETHING_NEW', 'network.refused', 'perhaps'],
])('%s is %s; carried out: %s', (code, expected, effect) => {
  const failure = networkFailure(system(code));
  expect(failure).toMatchObject({ code: expected, effect, detail: code });
  expect(failure.message).not.toContain('secret');
});

test('the cause is found inside other errors', () => {
  expect(networkFailure(new Error('outer', { cause: system('ENOTFOUND') })).code).toBe('network.address');
  expect(networkFailure(new AggregateError([system('ECONNREFUSED'), system('ECONNREFUSED')])).code).toBe(
    'network.refused',
  );
});

test('an answer that is no problem of ours comes from something else', () => {
  expect(answerFailure(401, JSON.stringify(problem('session.expired')))).toMatchObject({
    code: 'session.expired',
    effect: 'no',
  });
  expect(answerFailure(500, JSON.stringify(problem('service.failed')))).toMatchObject({
    code: 'service.failed',
    effect: 'perhaps',
  });
  expect(answerFailure(302, '<html>log in</html>')).toMatchObject({ code: 'network.not_service', effect: 'no' });
  expect(answerFailure(403, '{"code":"made.up"}')).toMatchObject({ code: 'network.not_service' });
  expect(answerFailure(502, 'Bad Gateway')).toMatchObject({ code: 'service.failed', effect: 'perhaps' });
});
