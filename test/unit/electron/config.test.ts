import { expect, test } from 'vitest';
import { readConfig } from '../../../electron/config.ts';
import { HOLDS } from '../../../electron/decide.ts';

test('without anything set there are the usual holds, and SQLite’s own binding', () => {
  expect(readConfig({}, 10, '/packed/better_sqlite3.node')).toEqual({
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

test('holds can be set for tests, within reason', () => {
  expect(readConfig({ REVIEW_DESK_HOLD_MS: '300' }, 10, '').holds).toEqual({ image: 300, submission: 300 });
  expect(() => readConfig({ REVIEW_DESK_HOLD_MS: 'soon' }, 10, '')).toThrow();
  expect(() => readConfig({ REVIEW_DESK_HOLD_MS: '-1' }, 10, '')).toThrow();
});
