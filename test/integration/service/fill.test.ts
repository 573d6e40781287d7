import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FillOptions, fillSample, SampleMismatchError } from '../../../service/fill.ts';
import { type Opened, openData } from '../../../service/start.ts';
import { TINY_DISTRICT } from '../../factories/district.ts';
import { newServiceDatabase } from '../../factories/service-database.ts';
import { NOW } from '../../factories/submission.ts';

let folder: string;
let data: Opened;
let lines: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'review-desk-fill-'));
  data = await openData(folder, { databaseUrl: await newServiceDatabase() });
  lines = [];
});
afterEach(async () => {
  await data.close();
  await rm(folder, { recursive: true, force: true });
});

const options = (overrides: Partial<FillOptions> = {}): FillOptions => ({
  folder,
  count: 4,
  seed: 7,
  clock: () => new Date(NOW),
  say: (line) => lines.push(line),
  district: async () => TINY_DISTRICT,
  ...overrides,
});
const submissions = () => data.db.selectFrom('submissions').selectAll().orderBy('seq').execute();
const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(path.join(folder, name), 'utf8'));

it('fills once; a filled folder is used as it is', async () => {
  await fillSample(data, options());
  expect(lines.at(-1)).toBe('Sample district: 4 of 4');
  const before = await submissions();
  expect(before).toHaveLength(4);
  lines = [];
  const untouched = async () => {
    throw new Error('not needed');
  };
  await fillSample(data, options({ district: untouched }));
  expect(lines).toEqual([]);
  expect(await submissions()).toEqual(before);
  expect(await read('accounts.json')).toMatchObject({
    reviewers: expect.arrayContaining([expect.objectContaining({ account: 'supervisor9', site: null })]),
    candidates: { length: 4 },
  });
  expect(await read('truth.json')).toMatchObject({ count: 4, seed: 7, candidates: { length: 4 } });
});

it('goes on where it was interrupted, and comes to the same', async () => {
  const interrupted = {
    ...TINY_DISTRICT,
    generateDistrict: async function* (request: Parameters<typeof TINY_DISTRICT.generateDistrict>[0]) {
      let count = 0;
      for await (const made of TINY_DISTRICT.generateDistrict(request)) {
        if (count === 2) throw new Error('interrupted');
        count += 1;
        yield made;
      }
    },
  };
  await expect(fillSample(data, options({ district: async () => interrupted }))).rejects.toThrow('interrupted');
  await fillSample(data, options({ clock: () => new Date('2027-01-01T00:00:00.000Z') }));
  const ids = (await submissions()).map(({ id, document }) => [id, document]);
  expect(ids).toHaveLength(4);

  const other = await mkdtemp(path.join(tmpdir(), 'review-desk-fill-'));
  const whole = await openData(other, { databaseUrl: await newServiceDatabase() });
  await fillSample(whole, options({ folder: other }));
  const expected = await whole.db.selectFrom('submissions').selectAll().orderBy('seq').execute();
  expect(ids).toEqual(expected.map(({ id, document }) => [id, document]));
  await whole.close();
  await rm(other, { recursive: true, force: true });
});

it('refuses a folder that holds anything else', async () => {
  await fillSample(data, options());
  await expect(fillSample(data, options({ count: 5 }))).rejects.toThrow(SampleMismatchError);
  await expect(fillSample(data, options({ seed: 8 }))).rejects.toThrow('holds a sample of 4 candidates (seed 7)');
  await data.db.deleteFrom('notes').where('key', '=', 'sample').execute();
  await expect(fillSample(data, options())).rejects.toThrow('real submissions');
});
