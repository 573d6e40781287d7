import type { SignedIn } from '../../shared/ipc.ts';
import { viewOf } from '../decide.ts';
import { Failure, problemOf } from '../failure.ts';
import type { Log } from '../log.ts';
import { enrol } from '../outbox/enrol.ts';
import { readyDevice } from '../store/device.ts';
import { type Office, readOffice, writeOffice } from '../store/meta.ts';
import { recoverSending } from '../store/outbox.ts';
import { refreshAll } from '../store/submissions.ts';
import type { Service } from '../sync/client.ts';
import { type OpenedKey, openDataKey, recoverDataKey, rewrap, secure } from './data-key.ts';
import {
  closeStores,
  createProfile,
  openStores,
  type Profile,
  profileExists,
  profileOf,
  readKey,
  type Stores,
  type Surroundings,
  serviceKnown,
} from './profile.ts';
import { knowService } from './service-key.ts';
import type { SystemSeal } from './system-seal.ts';

export type Credentials = { readonly account: string; readonly password: string };

export type SignInOptions = {
  readonly userData: string;
  readonly surroundings: Surroundings;
  readonly service: Service;
  readonly now: () => Date;
  readonly newDevice: () => string;
  readonly log: Log;
  /** The data turned out to be damaged while at work. */
  readonly onDamage: () => void;
  /** A sign-in that the service accepted but whose password doesn't open the profile: it was changed since. */
  readonly changed: { current: (Credentials & { readonly profile: Profile }) | null };
  /** The administrator's copy of the key is being asked for, or no longer. */
  readonly onRecovering: (active: boolean) => void;
};

/** What a sign-in has to tell beside being through. */
export type SignInNews = SignedIn['news'];

/** An opened desk. */
export type Opened = {
  readonly office: Office;
  readonly stores: Stores;
  readonly profile: Profile;
  readonly mode: 'online' | 'offline';
  /** Workstation clock minus service clock, ms. */
  readonly clockSkew: number;
  /** Why it is offline. */
  readonly problem: Failure | null;
  readonly news: SignInNews;
};

/** Brings a profile up to what the service says of account and policy. */
export function takeOffice(stores: Stores, office: Office): void {
  const known = readOffice(stores.review.read);
  if (JSON.stringify(known) === JSON.stringify(office)) return;
  stores.review.transact((db) => {
    writeOffice(db, office);
    if (known) refreshAll(db, viewOf(office));
  });
}

const sealOf = ({ surroundings }: SignInOptions): SystemSeal | null => surroundings.seal?.() ?? null;

/** Opens a profile's data and makes it ready; when that fails it is closed again. */
async function open(
  options: SignInOptions,
  profile: Profile,
  key: Uint8Array,
  makeReady: (stores: Stores) => Office,
): Promise<Pick<Opened, 'stores' | 'office'>> {
  const stores = await openStores(profile, key, options.surroundings, options);
  try {
    stores.review.transact((db) => {
      readyDevice(db, options.newDevice(), options.now().toISOString());
      recoverSending(db);
    });
    return { stores, office: makeReady(stores) };
  } catch (error) {
    await closeStores(stores);
    throw error;
  }
}

/** The key of a profile: whether it was made, and whether its file has to be written anew. */
type Found = OpenedKey & { readonly news: SignInNews };

/**
 * The key of the profile, or of a new one. Where the accepted password doesn't open it (it was reset), or the system
 * has lost its part, the administrator's copy is asked for; without leave for that the sign-in is remembered, so that the
 * old password can open the profile.
 */
async function keyOf(
  options: SignInOptions,
  profile: Profile,
  credentials: Credentials,
  account: string,
): Promise<Found> {
  if (!profileExists(profile)) {
    return { key: await createProfile(profile, credentials.password), first: true, news: null };
  }
  try {
    return { ...(await openDataKey(profile, credentials.password, sealOf(options))), news: null };
  } catch (error) {
    if (!(error instanceof Failure) || (error.code !== 'store.locked' && error.code !== 'store.sealed')) throw error;
    if (error.code === 'store.locked') options.changed.current = { ...credentials, profile };
    return { key: await recovered(options, profile, account, error), first: false, news: 'recovered' };
  }
}

/** The key by the administrator's copy; fails with `why` where there is none, or no leave. */
async function recovered(
  { service, onRecovering, log }: SignInOptions,
  profile: Profile,
  account: string,
  why: Failure,
): Promise<Buffer<ArrayBuffer>> {
  onRecovering(true);
  try {
    const key = await recoverDataKey(service, profile, account);
    if (!key) throw why;
    log('profile.recovered');
    return key;
  } catch (error) {
    if (error instanceof Failure && error.code === 'recovery.not_allowed') throw why;
    throw error;
  } finally {
    onRecovering(false);
  }
}

/** Opens the profile with the old password, after the new one was accepted by the service, and changes it to the new. */
async function withOldPassword(
  options: SignInOptions,
  profile: Profile,
  { password }: Credentials,
): Promise<Credentials | null> {
  const changed = options.changed.current;
  if (changed?.profile.id !== profile.id) return null;
  const seal = sealOf(options);
  const found = await openDataKey(profile, password, seal).catch(() => null);
  if (!found) return null;
  await rewrap(profile, found.key, changed.password, seal);
  options.changed.current = null;
  return { account: changed.account, password: changed.password };
}

async function offline(
  options: SignInOptions,
  profile: Profile,
  credentials: Credentials,
  problem: Failure,
): Promise<Opened> {
  if (!profileExists(profile)) {
    if (serviceKnown(options.userData, profile.service)) throw new Failure('session.offline_unknown');
    throw problem;
  }
  const key = await readKey(profile, credentials.password, sealOf(options)).catch((error: unknown) => {
    if (error instanceof Failure && error.code !== 'store.locked') throw error;
    throw new Failure('session.credentials', 'offline', { cause: error });
  });
  const opened = await open(options, profile, key, (stores) => {
    const office = readOffice(stores.review.read);
    if (!office) throw new Failure('session.offline_unknown');
    return office;
  });
  return { ...opened, profile, mode: 'offline', clockSkew: 0, problem, news: null };
}

/**
 * Looks at the service's keys, and protects the profile by all that there is. What hinders it waits for the next
 * sign-in: the data is open, and as safe as before.
 */
async function protectAll(
  options: SignInOptions,
  profile: Profile,
  { key, first, news }: Found,
  { password, stores, office }: { readonly password: string } & Pick<Opened, 'stores' | 'office'>,
): Promise<SignInNews> {
  const { service, now, log } = options;
  const note = (error: unknown) => {
    log('profile.unsecured', { code: problemOf(error, 'en').code });
    return null;
  };
  const keys = await knowService({ service, store: stores.review, now }).catch(note);
  const recoveryKey = keys?.recovery.publicKey ?? null;
  const by = { password, seal: sealOf(options), recoveryKey, account: office.account.id, renew: !first };
  return (await secure(profile, key, by).catch(note)) ?? news;
}

/** Enrols the workstation of a reviewer. What hinders it hinders sending too, which tries again and says why. */
async function enrolFor(
  { service, now, newDevice }: SignInOptions,
  { stores, office }: Pick<Opened, 'stores' | 'office'>,
): Promise<void> {
  if (office.account.role !== 'reviewer') return;
  const enrolling = { service, store: stores.review, view: viewOf(office), now, newDevice };
  try {
    await enrol({ ...enrolling, onMoved: () => undefined });
  } catch (error) {
    if (error instanceof Failure) return;
    await closeStores(stores);
    throw error;
  }
}

const isAway = (error: unknown): error is Failure =>
  error instanceof Failure && (error.code.startsWith('network.') || error.code === 'service.failed');

/**
 * Signs in at the service and opens the account's data on this computer; the first time that data is made. Without the
 * service the data is opened by the password alone.
 * @throws Failure `session.*`, `network.*`, `store.*`
 */
export async function signIn(options: SignInOptions, typed: Credentials): Promise<Opened> {
  const { service, userData } = options;
  const profile = profileOf(userData, service.origin, typed.account);
  const credentials = (await withOldPassword(options, profile, typed)) ?? typed;
  let answered: Awaited<ReturnType<typeof signInOnline>>;
  try {
    answered = await signInOnline(options, credentials);
  } catch (error) {
    if (isAway(error)) return offline(options, profile, credentials, error);
    throw error;
  }
  const { office, clockSkew } = answered;
  const found = await keyOf(options, profile, credentials, office.account.id);
  const opened = await open(options, profile, found.key, (stores) => {
    takeOffice(stores, office);
    return office;
  });
  const news = await protectAll(options, profile, found, { ...opened, password: credentials.password });
  if (found.news === 'recovered') options.changed.current = null;
  await enrolFor(options, opened);
  return { ...opened, profile, mode: 'online', clockSkew, problem: null, news };
}

/**
 * Signs in at the service alone: also for an opened desk whose session is over.
 * @throws ServiceFailure, Failure `session.role`
 */
export async function signInOnline(
  { service, now }: Pick<SignInOptions, 'service' | 'now'>,
  { account, password }: Credentials,
): Promise<{ office: Office; clockSkew: number }> {
  const session = await service.signIn(account, password);
  if (session.account.role === 'candidate') {
    service.forget();
    throw new Failure('session.role');
  }
  const clockSkew = now().getTime() - Date.parse(session.serverTime);
  return { office: { account: session.account, policy: await service.policy() }, clockSkew };
}
