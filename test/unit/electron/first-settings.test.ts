import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFirstSettings } from '../../../electron/first-settings.ts';
import { openSettings } from '../../../electron/settings.ts';
import { LANGUAGES, THEMES, ZOOMS } from '../../../shared/setting-values.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

const nonsense = fc.constantFrom(null, 7, -1, 1.5, '', 'klingon', [], {}, true, 'x'.repeat(64), 'x'.repeat(65));
const settings = fc.record(
  {
    language: fc.oneof(fc.constantFrom(...LANGUAGES), nonsense),
    theme: fc.oneof(fc.constantFrom(...THEMES), nonsense),
    service: fc.oneof(fc.webUrl(), fc.string({ minLength: 295, maxLength: 305 }), nonsense),
    account: fc.oneof(fc.string({ maxLength: 70 }), nonsense),
    picturesGigabytes: fc.oneof(fc.integer({ min: -2, max: 1_002 }), fc.double(), nonsense),
    zoom: fc.oneof(fc.constantFrom(...ZOOMS), nonsense),
    other: nonsense,
  },
  { requiredKeys: [] },
);

test('the first page finds the same settings as the desk behind it', async () => {
  const folder = await temporaryFolder();
  expect(readFirstSettings(folder)).toEqual(openSettings(folder).read());
  const fileOf = fc.oneof(
    settings.map((read) => JSON.stringify(read)),
    fc.constantFrom('', '{', '[]', '[1]', 'null', '"ab"', '7'),
  );
  await fc.assert(
    fc.asyncProperty(fileOf, async (text) => {
      await writeFile(join(folder, 'settings.json'), text);
      expect(readFirstSettings(folder)).toEqual(openSettings(folder).read());
    }),
  );
});
