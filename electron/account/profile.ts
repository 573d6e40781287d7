import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import { type Backups, openBackups } from '../store/backups.ts';
import type { Store } from '../store/database.ts';
import { isDoubtful } from '../store/doubt.ts';
import { type Images, openImages } from '../store/images.ts';
import { opensUnder } from '../store/integrity.ts';
import { lockFolder } from '../store/lock.ts';
import { compareSeal } from '../store/log-seals.ts';
import { IMAGES_MIGRATIONS } from '../store/migrations/images.ts';
import { REVIEW_MIGRATIONS } from '../store/migrations/list.ts';
import { IMAGES_CIPHER, listOriginals } from '../store/originals.ts';
import { reconcilePictures } from '../store/pictures.ts';
import { quarantine } from '../store/quarantine.ts';
import { backupFolder, openReview } from '../store/review-file.ts';
import { vouchFor } from '../store/sound.ts';
import { countAllAbsent } from '../store/submissions.ts';
import { moveFile } from '../write-file.ts';
import { openDataKey, protect } from './data-key.ts';
import { keyFilesIn, readKeyFiles } from './key-file.ts';
import { newDataKey } from './keyring.ts';
import type { SystemSeal } from './system-seal.ts';

/** The data of one account at one service on this computer: a folder whose name tells nobody whose it is. */
export type Profile = { readonly id: string; readonly service: string; readonly folder: string };

/** The opened files of a profile. */
export type Stores = {
  readonly review: Store;
  readonly images: Images;
  readonly backups: Backups;
  /** All of `review.db` was read once and found sound, and nothing has failed since. */
  readonly isSound: () => boolean;
  /** Where the log's seal stands beside the databases. */
  readonly sealFile: string;
  /** How a thread of its own opens `review.db`. */
  readonly reviewFile: { readonly path: string; readonly key: Uint8Array; readonly binding: string | null };
  /** Lets another desk open the profile. */
  readonly release: () => void;
};

/** What opening needs to know of the surroundings. */
export type Surroundings = {
  /** Native SQLite binding where the prebuilt one doesn't fit; null otherwise. */
  readonly binding: string | null;
  /** Module of the thread that writes pictures. */
  readonly imagesWriter: URL;
  /** Module of the thread that makes backups. */
  readonly backupWriter: URL;
  /** Module of the thread that reads the records of this computer to prove them. */
  readonly recordsReader: URL;
  /** How long after opening the first backup and other housekeeping wait, ms; at once where it isn't said. */
  readonly backupAfter?: number;
  /** Storage of the system that protects; absent, or null, where there is none. */
  readonly seal?: () => SystemSeal | null;
};

/** What opening says, and asks. */
export type Opening = { readonly now: () => Date; readonly log: Log; readonly onDamage: () => void };

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Where the profile of an account is, or would be. Account names are compared without case. */
export function profileOf(userData: string, origin: string, account: string): Profile {
  const id = hash(`${origin}\n${account.trim().toLowerCase()}`);
  return { id, service: hash(origin), folder: join(userData, 'profiles', id) };
}

/** Whether the account was signed in here before: also when its key file is gone, so that none is made over its data. */
export function profileExists({ folder }: Profile): boolean {
  return [...keyFilesIn(folder), join(folder, 'review.db'), backupFolder(join(folder, 'review.db'))].some(existsSync);
}

/** Whether anybody was signed in to this service here: then its address was right once. */
export function serviceKnown(userData: string, service: string): boolean {
  const folder = join(userData, 'profiles');
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((id) => {
    try {
      return readKeyFiles(join(folder, id))[0].file.service === service;
    } catch {
      // Somebody else's damaged profile says nothing about this sign-in.
      return false;
    }
  });
}

/** Makes a profile with a new random data key, wrapped by the password, and gives the key. */
export async function createProfile(profile: Profile, password: string): Promise<Buffer<ArrayBuffer>> {
  const key = newDataKey();
  mkdirSync(profile.folder, { recursive: true, mode: 0o700 });
  await protect(profile, key, { passwords: [password], seal: null, recovery: null });
  return key;
}

/**
 * The data key of an existing profile.
 * @throws Failure `store.locked` when the password doesn't open it, `store.sealed` when the system has lost its part,
 *   `store.key` when the key file is damaged
 */
export async function readKey(profile: Profile, password: string, seal: SystemSeal | null = null): Promise<Buffer> {
  return (await openDataKey(profile, password, seal)).key;
}

/**
 * Sets a profile aside under another name, whole, so that a new one can take its place. Nothing is erased.
 * @throws Failure `store.in_use`, system errors
 */
export function setAside({ folder }: Profile, binding: string | null, now: Date): void {
  lockFolder(join(folder, 'desk.lock'), binding)();
  moveFile(folder, `${folder}.aside-${now.toISOString().replace(/[^0-9TZ]/g, '')}`);
}

type ImagesFile = Parameters<typeof openImages>[0];

/**
 * Opens `images.db`; one that is damaged as a whole, or in the cipher of before decision 7, is set aside, and its pictures
 * are fetched again.
 */
function openPictures(file: ImagesFile, writer: URL, { now, log }: Opening): { images: Images; replaced: boolean } {
  // Where there is no file its pictures are gone too, whatever `review.db` says of them.
  const lost = !existsSync(file.path);
  if (!isDoubtful(file.path)) {
    try {
      return { images: openImages(file, writer), replaced: lost };
    } catch (error) {
      // The key has opened `review.db`: a file that it doesn't open is damaged.
      if (!(error instanceof Failure) || (error.code !== 'store.locked' && error.code !== 'store.damaged')) throw error;
    }
  }
  log('images.quarantined');
  quarantine(file.path, now());
  return { images: openImages(file, writer), replaced: true };
}

/**
 * Opens both databases of a profile, recovers what is damaged, and keeps backups from then on.
 * @throws Failure `store.*`
 */
export async function openStores(
  profile: Profile,
  key: Uint8Array,
  { binding, imagesWriter, backupWriter, backupAfter = 0 }: Surroundings,
  opening: Opening,
): Promise<Stores> {
  const file = (name: string) => ({ path: join(profile.folder, name), key, binding, shared: true });
  const reviewFile = { ...file('review.db'), migrations: REVIEW_MIGRATIONS };
  const imagesFile = { ...file('images.db'), migrations: IMAGES_MIGRATIONS };
  const { now, log, onDamage } = opening;
  const release = lockFolder(join(profile.folder, 'desk.lock'), binding);
  let review: Store | null = null;
  try {
    // Either cipher proves the key.
    const keyIsRight = () => opensUnder({ ...imagesFile, cipher: IMAGES_CIPHER }) || opensUnder(imagesFile);
    const { store, recovery, checked } = openReview(reviewFile, keyIsRight, now);
    review = store;
    if (recovery) log('store.recovered', { ...recovery });
    const { images, replaced } = openPictures(imagesFile, imagesWriter, opening);
    if (recovery || replaced) {
      store.transact((db) => {
        reconcilePictures(db, listOriginals(images.read));
        countAllAbsent(db);
      });
    }
    const backups = openBackups({
      path: reviewFile.path,
      key,
      binding,
      folder: backupFolder(reviewFile.path),
      read: store.read,
      entry: backupWriter,
      unchecked: checked !== 'whole',
      after: backupAfter,
      now,
      log,
      onDamage,
    });
    const isSound = () => (checked !== 'parts' || backups.checked()) && store.broken() === null;
    const sealFile = join(profile.folder, 'log-seal.json');
    const misfit = compareSeal(store, sealFile, now());
    if (misfit) log('proofs.broken', { kind: misfit.kind });
    const { path } = reviewFile;
    return { review: store, images, backups, isSound, sealFile, reviewFile: { path, key, binding }, release };
  } catch (error) {
    review?.close();
    release();
    throw error;
  }
}

/** Closes both, after a backup that is being made. */
export async function closeStores({ review, images, backups, isSound, release }: Stores): Promise<void> {
  await backups.close();
  const sound = isSound();
  review.close();
  if (sound) vouchFor(review.path);
  await images.close();
  release();
}
