import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeStores, createProfile, openStores, profileOf } from '../../../electron/account/profile.ts';
import { isDamage } from '../../../electron/failure.ts';
import { notePictures } from '../../../electron/images/fetch.ts';
import { Store } from '../../../electron/store/database.ts';
import { IMAGES_MIGRATIONS } from '../../../electron/store/migrations/images.ts';
import { readOriginal, writeOriginals } from '../../../electron/store/originals.ts';
import { wantedPictures } from '../../../electron/store/pictures.ts';
import { takeSubmission } from '../../../electron/store/submissions.ts';
import { AccountId, Sha256 } from '../../../shared/ids.ts';
import { image, policy, submission } from '../../factories/submission.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** The cipher of the pictures (decision 7). */

const PAGE = 16_384;
const body = randomBytes(150_000);
const sha256 = Sha256.parse(createHash('sha256').update(body).digest('hex'));
const fileIn = (folder: string, key: Uint8Array) => ({
  path: join(folder, 'images.db'),
  key,
  binding: null,
  migrations: IMAGES_MIGRATIONS,
  pageSize: PAGE,
});

test('a single changed bit is found wherever it stands, and another key opens nothing', async () => {
  const key = randomBytes(32);
  const file = { ...fileIn(await temporaryFolder(), key), cipher: 'aegis', shrinks: true } as const;
  const store = Store.open(file);
  store.transact((db) => writeOriginals(db, [{ sha256, type: 'image/jpeg', body }]));
  store.close();
  const sound = readFileSync(file.path);
  expect(sound.includes(body.subarray(0, 64))).toBe(false);
  expect(sound.includes('SQLite format')).toBe(false);
  expect(() => Store.open({ ...file, key: randomBytes(32) })).toThrow(
    expect.objectContaining({ code: 'store.locked' }),
  );
  // A page of the picture; of each the first byte, the last ones with tag and nonce, and some between.
  const pages = sound.length / PAGE;
  let tried = 0;
  for (const page of [pages - 2, pages - 4, pages - 6]) {
    for (const at of [0, 1, 77, 8_192, PAGE - 49, PAGE - 48, PAGE - 33, PAGE - 32, PAGE - 1]) {
      const damaged = Buffer.from(sound);
      const place = page * PAGE + at;
      damaged.writeUInt8(damaged.readUInt8(place) ^ (1 << (at % 8)), place);
      writeFileSync(file.path, damaged);
      const opened = Store.open(file);
      let error: unknown = null;
      try {
        readOriginal(opened.read, sha256);
      } catch (thrown) {
        error = thrown;
      }
      expect(isDamage(error), `page ${page}, byte ${at}`).toBe(true);
      opened.close();
      tried += 1;
    }
  }
  expect(tried).toBe(27);
});

test('pictures in the cipher of before are put aside, and wanted again', async () => {
  const profile = profileOf(await temporaryFolder(), 'http://127.0.0.1:9', 'reviewer1');
  const key = await createProfile(profile, 'Sample-2026-desk');
  const surroundings = {
    binding: null,
    imagesWriter: new URL('../../../electron/store/images-writer.ts', import.meta.url),
    backupWriter: new URL('../../../electron/store/backup-writer.ts', import.meta.url),
    recordsReader: new URL('../../../electron/proofs/records-reader.ts', import.meta.url),
  };
  const opening = { now: () => new Date(), log: () => undefined, onDamage: () => undefined };
  const first = await openStores(profile, key, surroundings, opening);
  const one = submission({ images: [image('M01-1', { sha256, bytes: body.length })] });
  first.review.transact((db) =>
    takeSubmission(db, one, 'epoch', { me: AccountId.parse('acc-1'), level: 'site', policy: policy() }),
  );
  notePictures(first.review, [{ sha256, bytes: body.length }]);
  await closeStores(first);
  const file = fileIn(profile.folder, key);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file.path}${suffix}`, { force: true });
  const old = Store.open({ ...file, cipher: 'sqlcipher' });
  old.transact((db) => writeOriginals(db, [{ sha256, type: 'image/jpeg', body }]));
  old.close();
  const again = await openStores(profile, key, surroundings, opening);
  expect(existsSync(join(profile.folder, 'quarantine'))).toBe(true);
  expect(readdirSync(join(profile.folder, 'quarantine'))).toHaveLength(1);
  expect(wantedPictures(again.review.read, 9, () => false)).toEqual([{ sha256, bytes: body.length }]);
  await again.images.keep([{ sha256, type: 'image/jpeg', body }]);
  expect(readOriginal(again.images.read, sha256)?.body).toEqual(body);
  await closeStores(again);
  const third = await openStores(profile, key, surroundings, opening);
  expect(readdirSync(join(profile.folder, 'quarantine'))).toHaveLength(1);
  await closeStores(third);
}, 60_000);
