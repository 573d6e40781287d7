import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchDesk } from '../e2e/launch.ts';
import { QueuePage } from '../e2e/pages/queue-page.ts';
import { ReviewPage } from '../e2e/pages/review-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { openLine } from '../helpers/line.ts';
import { conflicts } from './conflicts.ts';
import { type Borrowed, borrowDistrict } from './district.ts';
import { type Dressing, dress, dressings, nameOf, photographer, type Shot } from './dress.ts';
import { candidatePages } from './look-candidate.ts';
import { above, finished, type Office, openOffice, supervising } from './look-office.ts';
import { comparison, firstScreens, type Look, queueScreens } from './look-queue.ts';
import { dialogs, returning, viewer } from './look-review.ts';
import { secondScreen, sheets } from './look-sheets.ts';
import { offline, states, troubles } from './look-trouble.ts';
import { prepare, type Scene } from './scene.ts';

/** Where pictures go, which have been taken, and what could not be shown. */
type Album = {
  readonly work: string;
  readonly folder: string;
  readonly taken: string[];
  readonly unseen: string[];
};

/** Shows one part; what can't be shown is named, and the next one is shown all the same. */
async function show(
  { unseen }: Pick<Album, 'unseen'>,
  name: string,
  act: () => Promise<void>,
  recover: () => Promise<void> = async () => undefined,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    console.error(`NOT SEEN  ${name}`, error);
    unseen.push(name);
    await recover();
  }
}

/** The reviewer's own screens, from the sign-in on. */
async function atTheDesk({ reviewer }: Borrowed, scene: Scene, dressing: Dressing, album: Album): Promise<void> {
  const { work, folder, taken } = album;
  const { size } = dressing;
  const line = await openLine(reviewer.service);
  const prefill = { ...reviewer, service: line.url };
  const desk = await launchDesk({ userData: join(work, nameOf(dressing)), prefill, size, holdMs: 60_000 });
  const shot = photographer(desk, folder, dressing, taken);
  await new SignInPage(desk.page).shown();
  await dress(desk, dressing);
  const review = new ReviewPage(desk.page);
  const seen: Look = { desk, page: desk.page, review, shot, line, reviewer: prefill, ...scene };
  const again = async () => {
    await desk.page.reload();
    await new QueuePage(desk.page).resumed();
  };
  const second = () => secondScreen(seen, join(folder, `${nameOf(dressing)}-60-second-screen.png`));
  // Those on the review screen follow from one another.
  const parts: readonly (readonly [name: string, act: () => Promise<void>])[] = [
    ['first screens', () => firstScreens(seen)],
    ['queue', () => queueScreens(seen)],
    ['viewer', () => viewer(seen)],
    ['return', () => returning(seen)],
    ['dialogs', () => dialogs(seen)],
    ['sheets', () => sheets(seen)],
    ['comparison', () => comparison(seen)],
    ['second screen', second],
    ['states', () => states(seen, scene)],
    ['offline', () => offline(seen)],
  ];
  for (const [name, act] of parts) await show(album, `${nameOf(dressing)} ${name}`, act, again);
  await desk.close();
  await line.close();
  await show(album, `${nameOf(dressing)} troubles`, () => troubles({ reviewer }, scene, dressing, album));
}

/** Of a desk that wears nothing yet. */
const SIZE = { width: 1366, height: 768 };
const PARTS = ['desk', 'office', 'candidate'] as const;
type Part = (typeof PARTS)[number];

/** Supervisors, the level above, and whoever is done: each at one desk that is dressed anew. */
async function atTheOffices(district: Borrowed, scene: Scene, worn: readonly Dressing[], album: Album): Promise<void> {
  const { work, folder, taken } = album;
  const visit = async (name: string, act: (office: Office, shot: Shot) => Promise<void>) => {
    const office = await openOffice(district, work, name, { size: worn[0]?.size ?? SIZE, holdMs: 60_000 });
    for (const dressing of worn) {
      const shot = await office.wear(dressing, folder, taken);
      await show(album, `${nameOf(dressing)} ${name}`, () => act(office, shot));
    }
    await office.close();
    console.log(`looked at ${name}`);
  };
  await visit('supervisor1', (office, shot) => supervising(office, scene, shot));
  await visit('district1', (office, shot) => above(office, scene, shot));
  await visit('reviewer3', finished);
}

/**
 * Every screen in both sizes, languages and themes, and at 200 % text: pictures to look at. `only`: names of dressings, as
 * `1366-en-dark`, and of parts: `desk`, `office`, `candidate`; without any all of them, and the conflicts.
 */
export async function look(folder: string, only: readonly string[] = []): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'review-desk-look-'));
  const district = await borrowDistrict(work);
  const asked = PARTS.filter((part) => only.includes(part));
  const has = (part: Part) => asked.length === 0 || asked.includes(part);
  const worn = dressings(only.filter((name) => !PARTS.some((part) => part === name)));
  const album: Album = { work, folder, taken: [], unseen: [] };
  const { taken, unseen } = album;
  try {
    const scene = await prepare(district);
    for (const dressing of has('desk') ? worn : []) {
      await atTheDesk(district, scene, dressing, album);
      console.log(`looked at ${nameOf(dressing)}`);
    }
    if (has('office')) await atTheOffices(district, scene, worn, album);
    if (has('candidate')) await show(album, 'candidate', () => candidatePages(district, scene, folder, work));
  } finally {
    await district.service.stop();
  }
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ unseen, screenshots: taken }, null, 2)}\n`);
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
  const disputes = only.length > 0 || (await conflicts(folder));
  return disputes && unseen.length === 0;
}
