import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchDesk } from '../e2e/launch.ts';
import { ReviewPage } from '../e2e/pages/review-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { replaceMeanwhile } from '../e2e/stories/replaced-meanwhile.ts';
import { readTruth, withOneBadPicture } from '../e2e/truth.ts';
import { conflicts } from './conflicts.ts';
import { borrowDistrict } from './district.ts';
import { dress, dressings, nameOf, photographer } from './dress.ts';
import { comparison, firstScreens, type Look, queueScreens } from './look-queue.ts';
import { dialogs, returning, viewer } from './look-review.ts';
import { secondScreen, sheets } from './look-sheets.ts';

/**
 * Every screen in both sizes, languages and themes, and at 200 % text: pictures to look at. `only`: names of dressings, as
 * `1366-en-dark`; without any all of them, and the conflicts.
 */
export async function look(folder: string, only: readonly string[] = []): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'review-desk-look-'));
  const { service, accounts, reviewer } = await borrowDistrict(work);
  const [bad, again] = withOneBadPicture(await readTruth(service.folder));
  if (!bad || !again) throw new Error('the sample has too few candidates with one bad picture');
  const mark = { x: 0.3, y: 0.55, width: 0.3, height: 0.2, reason: null };
  await replaceMeanwhile({ service, accounts }, again, [again.slot], reviewer.account, [mark]);
  const taken: string[] = [];
  for (const dressing of dressings(only)) {
    const name = nameOf(dressing);
    const { size } = dressing;
    const desk = await launchDesk({ userData: join(work, name), prefill: reviewer, size, holdMs: 60_000 });
    const shot = photographer(desk, folder, dressing, taken);
    await new SignInPage(desk.page).shown();
    await dress(desk, dressing);
    const seen: Look = { desk, page: desk.page, review: new ReviewPage(desk.page), shot, reviewer, bad, again };
    await firstScreens(seen);
    await queueScreens(seen);
    await viewer(seen);
    await returning(seen);
    await dialogs(seen);
    await sheets(seen);
    await comparison(seen);
    await secondScreen(seen, join(folder, `${name}-60-second-screen.png`));
    await desk.close();
    console.log(`looked at ${name}`);
  }
  await service.stop();
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ screenshots: taken }, null, 2)}\n`);
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
  return only.length > 0 || conflicts(folder);
}
