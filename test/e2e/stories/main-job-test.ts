import { join } from 'node:path';
import { test } from '../desk.ts';
import { openPhone } from '../phone.ts';
import { mainJob, type Scene, toTheQueue } from './main-job.ts';

/** Declares the main job as a test, for the built app and for the packed one. */
export function testMainJob(): void {
  test('the main job, online and with the service stopped in the middle', async ({
    service,
    accounts,
    reviewer,
    desk,
    folder,
  }) => {
    test.setTimeout(240_000);
    const phone = await openPhone(join(folder, 'phone'));
    try {
      const step: Scene['step'] = (name, _page, act) => test.step(name, act);
      const scene: Scene = { service, accounts, reviewer, desk, phone, step };
      await toTheQueue(scene);
      await mainJob(scene, { outage: false });
      await mainJob(scene, { outage: true });
    } finally {
      await phone.close();
    }
  });
}
