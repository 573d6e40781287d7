import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLog } from '../../../electron/log.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const now = () => new Date('2026-03-10T02:00:00.000Z');

test('an event is a line', async () => {
  const folder = await temporaryFolder();
  openLog(folder, now)('desk.started', { version: '1' });
  expect(await readFile(join(folder, 'desk.log'), 'utf8')).toBe(
    '{"at":"2026-03-10T02:00:00.000Z","event":"desk.started","version":"1"}\n',
  );
});

test('it never takes more than five files', async () => {
  const folder = await temporaryFolder();
  const log = openLog(folder, now);
  for (let n = 0; n < 80; n += 1) log('long', { text: 'x'.repeat(100_000) });
  expect((await readdir(folder)).sort()).toEqual(['desk.log', 'desk.log.1', 'desk.log.2', 'desk.log.3', 'desk.log.4']);
});

test('a log that cannot be written stops nobody', () => {
  expect(() => openLog('/dev/null/logs', now)('desk.started')).not.toThrow();
});
