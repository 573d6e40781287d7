import { join } from 'node:path';
import { test } from './desk.ts';
import { openPhone } from './phone.ts';
import { mainJob, type Scene, toTheQueue } from './stories/main-job.ts';

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
    const scene: Scene = { service, accounts, reviewer, desk, phone, step: (name, _page, act) => test.step(name, act) };
    await toTheQueue(scene);
    await mainJob(scene, { outage: false });
    await mainJob(scene, { outage: true });
  } finally {
    await phone.close();
  }
});
