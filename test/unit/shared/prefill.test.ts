import { expect, test } from 'vitest';
import { prefillOf } from '../../../shared/prefill.ts';

test('a prefill needs both halves; a password may hold colons', () => {
  const service = 'http://127.0.0.1:8787';
  expect(prefillOf({ REVIEW_DESK_SERVICE: service, REVIEW_DESK_SIGN_IN: 'a:b:c' })).toEqual({
    service,
    account: 'a',
    password: 'b:c',
    atOnce: false,
  });
  const atOnce = { REVIEW_DESK_SERVICE: service, REVIEW_DESK_SIGN_IN: 'a:b', REVIEW_DESK_SIGN_IN_AT_ONCE: '1' };
  expect(prefillOf(atOnce)).toMatchObject({ atOnce: true });
  expect(prefillOf({ REVIEW_DESK_SIGN_IN: 'a:b' })).toBeNull();
  expect(prefillOf({ REVIEW_DESK_SERVICE: service })).toBeNull();
});
