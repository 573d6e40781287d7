import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import { type Backups, openBackups } from '../store/backups.ts';
import type { Store } from '../store/database.ts';
import { isDoubtful } from '../store/doubt.ts';
import { type Images, openImages } from '../store/images.ts';
import { opensUnder } from '../store/integrity.ts';
import { lockFolder } from '../store/lock.ts';
import { IMAGES_MIGRATIONS, REVIEW_MIGRATIONS } from '../store/migrations/list.ts';
import { IMAGES_CIPHER, listOriginals } from '../store/originals.ts';
import { reconcilePictures } from '../store/pictures.ts';
import { quarantine } from '../store/quarantine.ts';
import { backupFolder, openReview } from '../store/review-file.ts';
import { countAllAbsent } from '../store/submissions.ts';
import { replaceFile } from '../write-file.ts';
import { newDataKey, unwrapKey, WrappedKey, wrapKey } from './keyring.ts';

/** What `profile.json` holds: the wrapped key, and hashes instead of names. */
const ProfileFile = z.strictObject({ version: z.literal(1), service: z.string(), key: WrappedKey });

/** The data of one account at one service on this computer: a folder whose name tells nobody whose it is. */
export type Profile = { readonly id: string; readonly service: string; readonly folder: string };

/** The opened files of a profile. */
export type Stores = {
  readonly review: Store;
  readonly images: Images;
  readonly backups: Backups;
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
};

/** What opening says, and asks. */
export type Opening = { readonly now: () => Date; readonly log: Log; readonly onDamage: () => void };

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Where the profile of an account is, or would be. Account names are compared without case. */
export function profileOf(userData: string, origin: string, account: string): Profile {
  const id = hash(`${origin}\n${account.trim().toLowerCase()}`);
  return { id, service: hash(origin), folder: join(userData, 'profiles', id) };
}

const fileOf = (folder: string): string => join(folder, 'profile.json');
/** A second copy, because without the wrapped key all data is lost. Written after the first. */
const copyOf = (folder: string): string => join(folder, 'profile.copy.json');

/** Whether the account was signed in here before: also when its key file is gone, so that none is made over its data. */
export function profileExists({ folder }: Profile): boolean {
  return [fileOf(folder), copyOf(folder), join(folder, 'review.db'), backupFolder(join(folder, 'review.db'))].some(
    existsSync,
  );
}

/** Whether anybody was signed in to this service here: then its address was right once. */
export function serviceKnown(userData: string, service: string): boolean {
  const folder = join(userData, 'profiles');
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((id) => {
    try {
      return readProfileFile(join(folder, id)).service === service;
    } catch {
      // Somebody else's damaged profile says nothing about this sign-in.
      return false;
    }
  });
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

const Newer = z.object({ version: z.number().int().min(2) });

/**
 * What `profile.json` holds, or where that is damaged its copy.
 * @throws Failure `store.newer`, `store.key` when neither can be read
 */
function readProfileFile(folder: string): z.infer<typeof ProfileFile> {
  const found = [fileOf(folder), copyOf(folder)].map(parseFile);
  if (Newer.safeParse(found[0]).success) throw new Failure('store.newer', 'profile.json has another form');
  for (const one of found) {
    const parsed = ProfileFile.safeParse(one);
    if (parsed.success) return parsed.data;
  }
  throw new Failure('store.key');
}

/** Makes a profile with a new random data key, wrapped by the password, and gives the key. */
export async function createProfile(profile: Profile, password: string): Promise<Buffer> {
  const key = newDataKey();
  mkdirSync(profile.folder, { recursive: true, mode: 0o700 });
  await writeKey(profile, key, password);
  return key;
}

/** Wraps the data key by another password. */
export async function writeKey(profile: Profile, key: Uint8Array, password: string): Promise<void> {
  const file = { version: 1, service: profile.service, key: await wrapKey(key, password, profile.id) };
  const text = `${JSON.stringify(file, null, 2)}\n`;
  replaceFile(fileOf(profile.folder), text);
  replaceFile(copyOf(profile.folder), text);
}

/**
 * The data key of an existing profile.
 * @throws Failure `store.locked` when the password doesn't open it, `store.key` when the key file is damaged
 */
export async function readKey(profile: Profile, password: string): Promise<Buffer> {
  return unwrapKey(readProfileFile(profile.folder).key, password, profile.id);
}

type ImagesFile = Parameters<typeof openImages>[0];

/**
 * Opens `images.db`; one that is damaged as a whole, or in the cipher of before decision 7, is set aside, and its pictures
 * are fetched again.
 */
async function openPictures(
  file: ImagesFile,
  writer: URL,
  { now, log }: Opening,
): Promise<{ images: Images; replaced: boolean }> {
  // Where there is no file its pictures are gone too, whatever `review.db` says of them.
  const lost = !existsSync(file.path);
  if (!isDoubtful(file.path)) {
    try {
      return { images: await openImages(file, writer), replaced: lost };
    } catch (error) {
      // The key has opened `review.db`: a file that it doesn't open is damaged.
      if (!(error instanceof Failure) || (error.code !== 'store.locked' && error.code !== 'store.damaged')) throw error;
    }
  }
  log('images.quarantined');
  quarantine(file.path, now());
  return { images: await openImages(file, writer), replaced: true };
}

/**
 * Opens both databases of a profile, recovers what is damaged, and keeps backups from then on.
 * @throws Failure `store.*`
 */
export async function openStores(
  profile: Profile,
  key: Uint8Array,
  { binding, imagesWriter, backupWriter }: Surroundings,
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
    const { store, recovery, whole } = openReview(reviewFile, keyIsRight, now);
    review = store;
    if (recovery) log('store.recovered', { ...recovery });
    const { images, replaced } = await openPictures(imagesFile, imagesWriter, opening);
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
      unchecked: !whole,
      now,
      log,
      onDamage,
    });
    return { review: store, images, backups, release };
  } catch (error) {
    review?.close();
    release();
    throw error;
  }
}

/** Closes both, after a backup that is being made. */
export async function closeStores({ review, images, backups, release }: Stores): Promise<void> {
  await backups.close();
  review.close();
  await images.close();
  release();
}
