import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchDesk } from '../e2e/launch.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import { ReviewPage } from '../e2e/pages/review-page.ts';
import { toTheQueue } from '../e2e/stories/main-job.ts';
import { type Planted, readTruth } from '../e2e/truth.ts';
import { borrowDistrict } from './district.ts';

/** Enough candidates for every kind of defect. */
const COUNT = 120;

/** Candidates that together show every kind that was planted at the first site, the fewest first. */
function coverage(candidates: readonly Planted[]): Planted[] {
  const seen = new Set<string>();
  return candidates.filter(({ site, defects }) => {
    if (site !== '990101') return false;
    const fresh = defects.filter(({ kind }) => !seen.has(kind));
    for (const { kind } of fresh) seen.add(kind);
    return fresh.length > 0;
  });
}

/** Walks through defective candidates, a picture for each planted defect: is it to be seen, or named by a check? */
export async function defects(folder: string): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'review-desk-defects-'));
  const { service, accounts, reviewer } = await borrowDistrict(work, COUNT);
  const desk = await launchDesk({
    userData: join(work, 'desk'),
    prefill: reviewer,
    size: { width: 1366, height: 768 },
  });
  const { page } = desk;
  const phone = { page, close: async () => undefined };
  await toTheQueue({ service, accounts, reviewer, desk, phone, step: (_name, _page, act) => act() });
  const review = new ReviewPage(page);
  const walked = [];
  for (const { registrationNumber, defects: planted } of coverage((await readTruth(service.folder)).candidates)) {
    await new QueuePage(page).open(registrationNumber);
    await review.shown(registrationNumber);
    const checks = await review.checks();
    for (const { kind, slot, field, reason, visible } of planted) {
      const slots = await review.slots();
      if (slot && slots.includes(slot)) await review.go(slot);
      await review.settled();
      const screenshot = `${kind}-${registrationNumber}.png`;
      await page.screenshot({ path: join(folder, screenshot) });
      walked.push({ kind, registrationNumber, slot, field, reason, visible, checks, screenshot });
    }
    await review.backToQueue();
  }
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ walked }, null, 2)}\n`);
  console.log(`${walked.length} defects of ${new Set(walked.map(({ kind }) => kind)).size} kinds`);
  await desk.close();
  await service.stop();
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
  // What only a check can tell must have been told by a failed or warning check.
  const untold = walked.filter(({ visible, checks }) => visible === 'check' && checks.length === 0);
  for (const { kind, registrationNumber } of untold) console.log(`NOT SEEN  ${kind} of ${registrationNumber}`);
  return untold.length === 0;
}
