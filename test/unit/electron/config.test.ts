import { expect, test } from 'vitest';
import { readConfig } from '../../../electron/config.ts';
import { HOLDS } from '../../../electron/decide.ts';

test('without anything set there are the usual holds, no prefill, and SQLite’s own binding', () => {
  expect(readConfig({}, 10, '/packed/better_sqlite3.node')).toEqual({
    userData: null,
    prefill: null,
    holds: HOLDS,
    binding: null,
  });
});

test('an older Node-API takes the binding that is named, or the packed one', () => {
  const named = { REVIEW_DESK_SQLITE_BINDING: '/cache/better_sqlite3.node' };
  expect(readConfig(named, 9, '/packed/better_sqlite3.node').binding).toBe('/cache/better_sqlite3.node');
  expect(readConfig({}, 9, '/packed/better_sqlite3.node').binding).toBe('/packed/better_sqlite3.node');
  expect(readConfig(named, 10, '/packed/better_sqlite3.node').binding).toBeNull();
});

test('a prefill needs both halves; a password may hold colons', () => {
  const service = 'http://127.0.0.1:8787';
  expect(readConfig({ REVIEW_DESK_SERVICE: service, REVIEW_DESK_SIGN_IN: 'a:b:c' }, 10, '').prefill).toEqual({
    service,
    account: 'a',
    password: 'b:c',
    atOnce: false,
  });
  const atOnce = { REVIEW_DESK_SERVICE: service, REVIEW_DESK_SIGN_IN: 'a:b', REVIEW_DESK_SIGN_IN_AT_ONCE: '1' };
  expect(readConfig(atOnce, 10, '').prefill).toMatchObject({ atOnce: true });
  expect(readConfig({ REVIEW_DESK_SIGN_IN: 'a:b' }, 10, '').prefill).toBeNull();
  expect(readConfig({ REVIEW_DESK_SERVICE: service }, 10, '').prefill).toBeNull();
});

test('holds can be set for tests, within reason', () => {
  expect(readConfig({ REVIEW_DESK_HOLD_MS: '300' }, 10, '').holds).toEqual({ image: 300, submission: 300 });
  expect(() => readConfig({ REVIEW_DESK_HOLD_MS: 'soon' }, 10, '')).toThrow();
  expect(() => readConfig({ REVIEW_DESK_HOLD_MS: '-1' }, 10, '')).toThrow();
});
