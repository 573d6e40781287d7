import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { launchDesk, ROOT } from '../e2e/launch.ts';
import { openPhone } from '../e2e/phone.ts';
import { mainJob, toTheQueue } from '../e2e/stories/main-job.ts';
import { audit } from './audit.ts';
import { conflicts } from './conflicts.ts';
import { defects } from './defects.ts';
import { borrowDistrict } from './district.ts';
import { look } from './look.ts';
import { recorder } from './recorder.ts';

/** How many candidates the tour's district has. */
const SAMPLE = 60;

async function versions(page: Page) {
  const { electron, chromium, node } = await page.evaluate(async () => {
    const outcome = await window.desk.info(undefined);
    if (!outcome.ok) throw new Error(outcome.problem.code);
    return outcome.value;
  });
  return { electron, chromium, node };
}

/** `only` narrows a story that shows one thing in many ways. */
type Stories = Readonly<Record<string, (folder: string, only: readonly string[]) => Promise<boolean>>>;

/** Drives the main job, online and through an outage, and leaves its report. */
async function main(folder: string): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'review-desk-tour-'));
  const { steps, step } = recorder(folder);
  console.log('Filling the service with a sample district');
  const { service, accounts, reviewer } = await borrowDistrict(work, SAMPLE);
  const size = { width: 1366, height: 768 };
  const desk = await launchDesk({ userData: join(work, 'desk'), prefill: reviewer, holdMs: 300, size });
  const phone = await openPhone(join(work, 'phone'));
  let report = { electron: '', chromium: '', node: '' };
  let failure: unknown = null;
  try {
    report = await versions(desk.page);
    await step('the service is filled: a candidate may sign in', phone.page, async () => {
      await phone.page.goto(`${service.url}/candidate`);
    });
    const scene = { service, accounts, reviewer, desk, phone, step };
    await toTheQueue(scene);
    await mainJob(scene, { outage: false });
    await mainJob(scene, { outage: true });
  } catch (error) {
    failure = error;
    console.error(error);
  }
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ ...report, steps }, null, 2)}\n`);
  await phone.close();
  await desk.close();
  await service.stop();
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
  return failure === null && steps.every(({ seen }) => seen);
}

const STORIES: Stories = { main, look, conflicts, defects, audit };

const name = process.argv[2] ?? 'main';
const story = STORIES[name];
if (!story) {
  console.error(`There is no story "${name}". There are: ${Object.keys(STORIES).join(', ')}.`);
  process.exit(2);
}
const folder = name === 'main' ? join(ROOT, 'out', 'tour') : join(ROOT, 'out', 'tour', name);
// A part of a story leaves the pictures of its other parts.
if (process.argv.length === 3) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const seen = await story(folder, process.argv.slice(3));
console.log(`${seen ? 'Every step was seen' : 'A step was not seen'}: ${folder}`);
// A window that a failed step left open ends too.
process.exit(seen ? 0 : 1);
