import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSettings } from '../../../electron/settings.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const DEFAULTS = { language: 'zh-CN', theme: 'system', service: '', account: '', picturesGigabytes: 8, zoom: 100 };

test('settings outlast a restart, and a change leaves the others alone', async () => {
  const folder = await temporaryFolder();
  expect(openSettings(folder).read()).toEqual(DEFAULTS);
  openSettings(folder).change({ language: 'en', service: 'https://review.example.cn' });
  openSettings(folder).change({ theme: 'dark' });
  expect(openSettings(folder).read()).toEqual({
    language: 'en',
    theme: 'dark',
    service: 'https://review.example.cn',
    account: '',
    picturesGigabytes: 8,
    zoom: 100,
  });
});

test.each(['', '{', '[]', '{"language":"klingon"}', 'null'])('a damaged file (%s) means defaults', async (text) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'settings.json'), text);
  expect(openSettings(folder).read()).toEqual(DEFAULTS);
});
