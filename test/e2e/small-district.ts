import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillSample } from '../../service/fill.ts';
import { openData } from '../../service/start.ts';
import { tinyDistrict } from '../helpers/district.ts';
import { test as base } from './desk.ts';

/** The desk's test on a service with so many invented candidates of one site, with `pictures` small pictures each. */
export function testWithCandidates(count: number, pictures = 0) {
  return base.extend<object, { readonly sample: string }>({
    sample: [
      async ({ browserName: _ }, use) => {
        const folder = await mkdtemp(join(tmpdir(), 'review-desk-small-'));
        const data = await openData(folder);
        const clock = () => new Date();
        const district = async () => tinyDistrict({ pictures });
        await fillSample(data, { folder, count, seed: 1, clock, say: () => undefined, district });
        await data.close();
        await use(folder);
        await rm(folder, { recursive: true, force: true });
      },
      { scope: 'worker', timeout: 120_000 },
    ],
  });
}
