import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { castDoubt } from '../../../../electron/store/doubt.ts';
import { takeVouch, vouchFor } from '../../../../electron/store/sound.ts';
import { temporaryFolder } from '../../../helpers/folder.ts';

async function file(): Promise<string> {
  const path = join(await temporaryFolder(), 'review.db');
  writeFileSync(path, 'content');
  return path;
}

test('a vouch holds for one opening', async () => {
  const path = await file();
  expect(takeVouch(path)).toBe(false);
  vouchFor(path);
  expect([takeVouch(path), takeVouch(path)]).toEqual([true, false]);
});

test.each([
  ['written to', (path: string) => appendFileSync(path, 'more')],
  ['written to in place', (path: string) => utimesSync(path, new Date(), new Date(Date.now() + 5_000))],
  ['left with a log', (path: string) => writeFileSync(`${path}-wal`, 'log')],
  ['in doubt', (path: string) => castDoubt(path)],
  ['vouched for in words that nobody knows', (path: string) => writeFileSync(`${path}.sound`, '{"size":7}')],
])('a file that was %s is read', async (_, change) => {
  const path = await file();
  vouchFor(path);
  change(path);
  expect(takeVouch(path)).toBe(false);
});

test('a file that is in doubt or was not closed in order is not vouched for', async () => {
  const [doubtful, open] = [await file(), await file()];
  castDoubt(doubtful);
  writeFileSync(`${open}-wal`, 'log');
  for (const path of [doubtful, open]) {
    vouchFor(path);
    expect(takeVouch(path)).toBe(false);
  }
});
