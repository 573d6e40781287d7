import { depositContext, type KeyOwner, returnContext, type Sealed } from '../../shared/keys.ts';
import { newSealingKeys, seal as sealTo, unseal } from '../../shared/sealed.ts';
import { Failure } from '../failure.ts';
import type { Service } from '../sync/service.ts';
import { makeKeyFile, mendKeyFiles, openKeyFile, type Protection, readKeyFiles, writeKeyFile } from './key-file.ts';
import type { SystemSeal } from './system-seal.ts';

/** The profile, as far as its key is concerned. */
type Place = { readonly id: string; readonly service: string; readonly folder: string };

/** A data key that was opened; `first`: by the first place of the key file, not by its copy. */
export type OpenedKey = { readonly key: Buffer<ArrayBuffer>; readonly first: boolean };

/**
 * The data key, from either place of the key file.
 * @throws Failure `store.locked`, `store.sealed`, `store.key`, `store.newer`
 */
export async function openDataKey(
  { id, folder }: Place,
  password: string,
  seal: SystemSeal | null,
): Promise<OpenedKey> {
  const [first, ...others] = readKeyFiles(folder);
  try {
    return { key: await openKeyFile(first.file, { password, profile: id, seal }), first: true };
  } catch (error) {
    for (const { file } of others) {
      const key = await openKeyFile(file, { password, profile: id, seal }).catch(() => null);
      if (key) return { key, first: false };
    }
    throw error;
  }
}

/** Writes what protects the data key anew. */
export async function protect(
  { id, service, folder }: Place,
  key: Uint8Array,
  by: Omit<Protection, 'profile' | 'service'>,
): Promise<void> {
  const protection = { ...by, profile: id, service };
  await writeKeyFile(folder, await makeKeyFile(key, protection), key, protection);
}

/** Goes over to another password; all else that protects stays. */
export async function rewrap(place: Place, key: Uint8Array, password: string, seal: SystemSeal | null): Promise<void> {
  const { recovery, system } = readKeyFiles(place.folder)[0].file;
  await protect(place, key, { passwords: [password], seal: system === null ? null : seal, recovery });
}

/** How a profile is protected at rest. */
export type Protected = 'system' | 'password';

/** Where a profile stands: whether the system protects it beside the password. */
export function protectionOf({ folder }: Place): Protected {
  return readKeyFiles(folder)[0].file.system === null ? 'password' : 'system';
}

/** A change of protection that the user is told once. */
export type ProtectionNews = 'password_only' | null;

/** Whether a profile is protected as far as that is possible here; the administrator's key may be another one by now. */
export function isSettled({ folder }: Place, seal: SystemSeal | null): boolean {
  const [{ file, version }, ...others] = readKeyFiles(folder);
  const { recovery, system, keys } = file;
  const isWhole = version === 2 && keys.length === 1 && others.length === 0;
  return isWhole && recovery !== null && (system === null) === (seal === null);
}

/**
 * Brings the protection of an opened profile up to what is possible here, after the service has accepted the password:
 * a copy of the key that the administrator can open, and only with that the system's part, so that losing the system
 * never loses the data; one password; both places whole. A key file that is so already is not touched.
 */
export async function secure(
  place: Place,
  key: Uint8Array<ArrayBuffer>,
  {
    password,
    seal,
    recoveryKey,
    account,
    renew,
  }: {
    readonly password: string;
    readonly seal: SystemSeal | null;
    /** The administrator's; null when it could not be had this time. */
    readonly recoveryKey: string | null;
    readonly account: string;
    /** The first place of the key file doesn't open by these. */
    readonly renew: boolean;
  },
): Promise<ProtectionNews> {
  const [{ file, version }] = readKeyFiles(place.folder);
  const to = recoveryKey ?? file.recovery?.to ?? null;
  const recovery = to === null || file.recovery?.to === to ? file.recovery : await deposit(place, key, account, to);
  const wanted = recovery === null ? null : seal;
  const isSo =
    version === 2 &&
    recovery === file.recovery &&
    file.keys.length === 1 &&
    (file.system === null) === (wanted === null);
  if (isSo && !renew) {
    mendKeyFiles(place.folder);
    return null;
  }
  await protect(place, key, { passwords: [password], seal: wanted, recovery });
  const isNews = recovery !== null && wanted === null && (file.recovery === null || file.system !== null);
  return isNews ? 'password_only' : null;
}

function deposit(place: Place, key: Uint8Array<ArrayBuffer>, account: string, to: string): Promise<Sealed> {
  return sealTo(to, key, Buffer.from(depositContext(ownerOf(place, account))));
}

const ownerOf = ({ id }: Place, account: string): KeyOwner => ({ profile: id, account });

/**
 * Has the service open the copy of the data key that the administrator's key opens; null when the profile has none.
 * The key comes back sealed to a key that lives in this call alone.
 * @throws ServiceFailure, `recovery.not_allowed`, `recovery.key`
 */
export async function recoverDataKey(
  service: Pick<Service, 'recover'>,
  place: Place,
  account: string,
): Promise<Buffer<ArrayBuffer> | null> {
  const sealed = readKeyFiles(place.folder).find(({ file }) => file.recovery !== null)?.file.recovery;
  if (!sealed) return null;
  const own = await newSealingKeys();
  const returned = await service.recover({ profile: place.id, sealed, to: own.publicKey });
  try {
    const key = Buffer.from(await unseal(own, returned, Buffer.from(returnContext(ownerOf(place, account)))));
    if (key.length === 32) return key;
  } catch (error) {
    throw new Failure('recovery.key', 'the answer does not open', { cause: error });
  }
  throw new Failure('recovery.key', 'the answer is no key');
}

/**
 * Changes the password at the service and of the profile. In between the profile opens by both, so that whatever the
 * service has taken when the line breaks, the data opens; the next sign-in online settles it.
 * @throws Failure `password.current`, `password.weak`, ServiceFailure
 */
export async function changePassword(
  service: Pick<Service, 'changePassword'>,
  place: Place,
  { current, next, seal }: { readonly current: string; readonly next: string; readonly seal: SystemSeal | null },
): Promise<void> {
  const { key } = await openDataKey(place, current, seal).catch((error: unknown) => {
    throw error instanceof Failure && error.code === 'store.locked' ? new Failure('password.current') : error;
  });
  const { recovery, system } = readKeyFiles(place.folder)[0].file;
  const by = { seal: system === null ? null : seal, recovery };
  await protect(place, key, { ...by, passwords: [current, next] });
  try {
    await service.changePassword(current, next);
  } catch (error) {
    if (error instanceof Failure && 'effect' in error && error.effect === 'no') {
      await protect(place, key, { ...by, passwords: [current] });
    }
    throw error;
  }
  await protect(place, key, { ...by, passwords: [next] });
}
