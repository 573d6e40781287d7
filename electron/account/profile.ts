import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { Store } from '../store/database.ts';
import { type Images, openImages } from '../store/images.ts';
import { IMAGES_MIGRATIONS, REVIEW_MIGRATIONS } from '../store/migrations/list.ts';
import { replaceFile } from '../write-file.ts';
import { newDataKey, unwrapKey, WrappedKey, wrapKey } from './keyring.ts';

/** What `profile.json` holds: the wrapped key, and hashes instead of names. */
const ProfileFile = z.strictObject({ version: z.literal(1), service: z.string(), key: WrappedKey });

/** The data of one account at one service on this computer: a folder whose name tells nobody whose it is. */
export type Profile = { readonly id: string; readonly service: string; readonly folder: string };

/** The opened files of a profile. */
export type Stores = { readonly review: Store; readonly images: Images };

/** What opening needs to know of the surroundings. */
export type Surroundings = {
  /** Native SQLite binding where the prebuilt one doesn't fit; null otherwise. */
  readonly binding: string | null;
  /** Module of the thread that writes pictures. */
  readonly imagesWriter: URL;
};

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Where the profile of an account is, or would be. Account names are compared without case. */
export function profileOf(userData: string, origin: string, account: string): Profile {
  const id = hash(`${origin}\n${account.trim().toLowerCase()}`);
  return { id, service: hash(origin), folder: join(userData, 'profiles', id) };
}

const fileOf = (profile: Profile): string => join(profile.folder, 'profile.json');

/** Whether the account was signed in here before. */
export function profileExists(profile: Profile): boolean {
  return existsSync(fileOf(profile));
}

/** Whether anybody was signed in to this service here: then its address was right once. */
export function serviceKnown(userData: string, service: string): boolean {
  const folder = join(userData, 'profiles');
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((id) => {
    const file = join(folder, id, 'profile.json');
    return existsSync(file) && readProfileFile(file).service === service;
  });
}

function readProfileFile(path: string): z.infer<typeof ProfileFile> {
  const parsed = ProfileFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Failure('store.newer', 'profile.json has another form');
  return parsed.data;
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
  replaceFile(fileOf(profile), `${JSON.stringify(file, null, 2)}\n`);
}

/**
 * The data key of an existing profile.
 * @throws Failure `store.locked` when the password doesn't open it
 */
export async function readKey(profile: Profile, password: string): Promise<Buffer> {
  return unwrapKey(readProfileFile(fileOf(profile)).key, password, profile.id);
}

/** Opens both databases of a profile. */
export async function openStores(
  profile: Profile,
  key: Uint8Array,
  { binding, imagesWriter }: Surroundings,
): Promise<Stores> {
  const file = (name: string) => ({ path: join(profile.folder, name), key, binding });
  const review = Store.open({ ...file('review.db'), migrations: REVIEW_MIGRATIONS });
  try {
    const images = await openImages({ ...file('images.db'), migrations: IMAGES_MIGRATIONS }, imagesWriter);
    return { review, images };
  } catch (error) {
    review.close();
    throw error;
  }
}

/** Closes both. */
export async function closeStores({ review, images }: Stores): Promise<void> {
  review.close();
  await images.close();
}
