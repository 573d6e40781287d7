import { join } from 'node:path';
import { closeStores, openStores, profileOf, readKey } from '../../electron/account/profile.ts';
import { derive } from '../../electron/images/derive.ts';
import type { Derived } from '../../electron/images/derived.ts';
import { readCursor } from '../../electron/store/cursor.ts';
import { Store } from '../../electron/store/database.ts';
import { IMAGES_MIGRATIONS } from '../../electron/store/migrations/images.ts';
import { IMAGES_CIPHER, writeSmall } from '../../electron/store/originals.ts';
import { notePicture, writeFacts } from '../../electron/store/pictures.ts';
import { takeSubmission } from '../../electron/store/submissions.ts';
import type { Submission } from '../../shared/submission.ts';
import { image, sha } from '../factories/submission.ts';
import { until } from '../helpers/until.ts';
import { reviewerAt } from './desk.ts';
import { SLOTS } from './district.ts';
import { submissionOf } from './filled-store.ts';
import { OPENING, openHeadless, SURROUNDINGS } from './headless.ts';
import { photographs } from './photographs.ts';

/** Different photographs; every picture of the profile is one of them under a hash of its own. */
const PHOTOGRAPHS = 60;
/** Submissions whose pictures are written in one transaction: about 12 MB. */
const BATCH = 50;

/** The n-th submission under review, in the order of the queue, with twelve pictures of its own. */
function openSubmissionOf(index: number): Submission {
  const images = SLOTS.map((slot, place) => image(slot, { sha256: sha(1 + index * SLOTS.length + place) }));
  return { ...submissionOf(index), status: 'pending', images, deadline: '2026-03-20T16:00:00.000Z' };
}

/** Which of them a registration number belongs to. */
export function indexOf(registrationNumber: string): number {
  return Number(registrationNumber.slice(-6)) - 500_000;
}

/** What the desk's own look at pictures finds in some photographs of the sample, with their small renditions. */
async function looked(): Promise<(Derived & { small: Uint8Array })[]> {
  const found: (Derived & { small: Uint8Array })[] = [];
  for (const bytes of (await photographs()).slice(0, PHOTOGRAPHS)) {
    const { facts, small } = await derive(bytes);
    if (!small) throw new Error('a photograph of the sample can not be shown small');
    found.push({ facts, small });
  }
  return found;
}

/**
 * Makes the profile of the measurements' reviewer: signed in once, then filled with so many submissions under review with
 * twelve pictures each that were looked at. The pictures have their small renditions (22 KB on average) and no more: nobody
 * looks closer here, and so 60,000 of them take 1.4 GB instead of 10.
 */
export async function fillProfile(userData: string, url: string, count: number): Promise<void> {
  const { account, password } = reviewerAt(url);
  const desk = openHeadless(userData);
  await desk.signIn({ service: url, account, password });
  await until('everything is here', () => desk.status().sync.phase === 'done', 60_000);
  const { view } = desk.work();
  await desk.close();
  const profile = profileOf(userData, new URL(url).origin, account);
  const key = await readKey(profile, password);
  const some = await looked();
  const photographOf = (index: number, place: number) => {
    const one = some[(index * 7 + place) % some.length];
    if (!one) throw new Error('the sample has no photographs');
    return one;
  };
  const stores = await openStores(profile, key, SURROUNDINGS, OPENING);
  const { epoch } = readCursor(stores.review.read);
  if (epoch === null) throw new Error('nothing was synchronised');
  stores.review.transact((db) => {
    for (let index = 0; index < count; index += 1) {
      const submission = openSubmissionOf(index);
      for (const [place, picture] of submission.images.entries()) {
        notePicture(db, picture);
        writeFacts(db, { ...photographOf(index, place).facts, sha256: picture.sha256 });
      }
      takeSubmission(db, submission, epoch, view);
    }
  });
  await closeStores(stores);
  const path = join(profile.folder, 'images.db');
  const images = Store.open({ path, key, binding: null, migrations: IMAGES_MIGRATIONS, cipher: IMAGES_CIPHER });
  for (let from = 0; from < count; from += BATCH) {
    images.transact((db) => {
      for (let index = from; index < Math.min(count, from + BATCH); index += 1) {
        for (const [place, { sha256 }] of openSubmissionOf(index).images.entries()) {
          writeSmall(db, sha256, photographOf(index, place).small);
        }
      }
    });
  }
  images.close();
}
