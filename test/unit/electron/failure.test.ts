import { expect, it } from 'vitest';
import { Failure, problemOf } from '../../../electron/failure.ts';

const withCode = (code: string) => Object.assign(new Error('of the system'), { code });

it.each([
  [withCode('ENOSPC'), 'store.write'],
  [withCode('EIO'), 'store.write'],
  [withCode('SQLITE_FULL'), 'store.write'],
  [withCode('SQLITE_IOERR_FSYNC'), 'store.write'],
  [withCode('SQLITE_CORRUPT'), 'store.damaged'],
  [withCode('SQLITE_IOERR_READ'), 'store.damaged'],
  [withCode('ENOENT'), 'desk.failed'],
  [new Failure('session.expired'), 'session.expired'],
  [new TypeError('a bug'), 'desk.failed'],
])('%s becomes a problem that names it', (error, code) => {
  expect(problemOf(error, 'en').code).toBe(code);
});
