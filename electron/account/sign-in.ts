import type { SignedIn } from '../../shared/ipc.ts';
import { viewOf } from '../decide.ts';
import { Failure, problemOf } from '../failure.ts';
import type { Log } from '../log.ts';
import { readyDevice } from '../store/device.ts';
import { type Office, readOffice, writeOffice } from '../store/meta.ts';
import { recoverSending } from '../store/outbox.ts';
import { refreshAll } from '../store/submissions.ts';
import type { Service } from '../sync/service.ts';
import { isSettled, type OpenedKey, openDataKey, recoverDataKey, rewrap, secure } from './data-key.ts';
import {
  closeStores,
  createProfile,
  openStores,
  type Profile,
  profileExists,
  profileOf,
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
  /**
   * The password has opened the data here before the service has answered. Whoever takes it closes it if the service
   * refuses.
   */
  readonly onAhead: (opened: OpenedAhead) => void;
};

/** Data that was opened here by the password, with what the service said last time. */
export type OpenedAhead = Pick<Opened, 'office' | 'stores' | 'profile'>;

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
  /** Account or policy are not what they were: every submission was looked at anew. */
  readonly moved: boolean;
  /** What is looked at beside the work: whether the protection is still as it can be. Never rejects. */
  readonly settling: Promise<SignInNews>;
};

/** Brings a profile up to what the service says of account and policy; whether that is something else than before. */
export function takeOffice(stores: Stores, office: Office): boolean {
  const known = readOffice(stores.review.read);
  if (JSON.stringify(known) === JSON.stringify(office)) return false;
  stores.review.transact((db) => {
    writeOffice(db, office);
    if (known) refreshAll(db, viewOf(office));
  });
  return true;
}

const sealOf = ({ surroundings }: SignInOptions): SystemSeal | null => surroundings.seal?.() ?? null;

/** Opens a profile's data and makes the workstation's identity ready; when that fails it is closed again. */
async function open(options: SignInOptions, profile: Profile, key: Uint8Array): Promise<Stores> {
  const stores = await openStores(profile, key, options.surroundings, options);
  try {
    stores.review.transact((db) => {
      readyDevice(db, options.newDevice(), options.now().toISOString());
      recoverSending(db);
    });
    return stores;
  } catch (error) {
    await closeStores(stores);
    throw error;
  }
}

/** An existing profile that the password is opening while the service is asked. */
type Ahead = { readonly key: Promise<OpenedKey>; readonly stores: Promise<Stores> };

/** Begins to open an existing profile by the password, which is what protects it, while the service is asked. */
function openAhead(options: SignInOptions, profile: Profile, { password }: Credentials): Ahead | null {
  if (!profileExists(profile)) return null;
  const key = openDataKey(profile, password, sealOf(options));
  const stores = key.then((found) => open(options, profile, found.key));
  // Looked at when the service has answered.
  stores.catch(() => undefined);
  return { key, stores };
}

/** Makes opened data ready; when that fails it is closed again. */
async function madeReady(stores: Stores, makeReady: () => Office): Promise<Pick<Opened, 'stores' | 'office'>> {
  try {
    return { stores, office: makeReady() };
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
  ahead: Ahead | null,
): Promise<Found> {
  if (!ahead) return { key: await createProfile(profile, credentials.password), first: true, news: null };
  try {
    return { ...(await ahead.key), news: null };
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
  ahead: Ahead | null,
  problem: Failure,
): Promise<Opened> {
  if (!ahead) {
    if (serviceKnown(options.userData, profile.service)) throw new Failure('session.offline_unknown');
    throw problem;
  }
  await ahead.key.catch((error: unknown) => {
    if (error instanceof Failure && error.code !== 'store.locked') throw error;
    throw new Failure('session.credentials', 'offline', { cause: error });
  });
  const stores = await ahead.stores;
  const opened = await madeReady(stores, () => {
    const office = readOffice(stores.review.read);
    if (!office) throw new Failure('session.offline_unknown');
    return office;
  });
  const settling = Promise.resolve(null);
  return { ...opened, profile, mode: 'offline', clockSkew: 0, problem, news: null, moved: false, settling };
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

const isAway = (error: unknown): error is Failure =>
  error instanceof Failure && (error.code.startsWith('network.') || error.code === 'service.failed');

/**
 * Hands over what the password opens before the service has answered, as a sign-in without the network would; whether it
 * did. See docs/decisions/0014-work-begins-before-the-answer.md.
 */
async function handOver(
  { onAhead }: SignInOptions,
  profile: Profile,
  ahead: Ahead | null,
  answer: Promise<unknown>,
): Promise<boolean> {
  const nothing = () => null;
  const stores = ahead && (await Promise.race([ahead.stores.catch(nothing), answer.then(nothing, nothing)]));
  const office = stores && readOffice(stores.review.read);
  if (!office) return false;
  onAhead({ office, stores, profile });
  return true;
}

/**
 * Signs in at the service and opens the account's data on this computer; the first time that data is made. Without the
 * service the data is opened by the password alone.
 * @throws Failure `session.*`, `network.*`, `store.*`
 */
export async function signIn(options: SignInOptions, typed: Credentials): Promise<Opened> {
  const { service, userData } = options;
  const profile = profileOf(userData, service.origin, typed.account);
  const credentials = (await withOldPassword(options, profile, typed)) ?? typed;
  const ahead = openAhead(options, profile, credentials);
  const answer = signInOnline(options, credentials);
  const handedOver = await handOver(options, profile, ahead, answer);
  let answered: Awaited<typeof answer>;
  try {
    answered = await answer;
  } catch (error) {
    if (isAway(error)) return offline(options, profile, ahead, error);
    if (!handedOver) await ahead?.stores.then(closeStores, () => undefined);
    throw error;
  }
  const { office, clockSkew } = answered;
  const found = await keyOf(options, profile, credentials, office.account.id, ahead);
  const stores = await (ahead && found.news === null ? ahead.stores : open(options, profile, found.key));
  let moved = false;
  const makeReady = () => {
    moved = takeOffice(stores, office);
    return office;
  };
  const opened = handedOver ? { stores, office: makeReady() } : await madeReady(stores, makeReady);
  if (found.news === 'recovered') options.changed.current = null;
  const protecting = protectAll(options, profile, found, { ...opened, password: credentials.password });
  // Nobody waits for what is usually as it should be.
  const settled = found.first && found.news === null && isSettled(profile, sealOf(options));
  const news = settled ? null : await protecting;
  const settling = settled ? protecting : Promise.resolve(null);
  return { ...opened, profile, mode: 'online', clockSkew, problem: null, news, moved, settling };
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
