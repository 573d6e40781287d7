import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Sealed } from '../../shared/keys.ts';
import { Failure } from '../failure.ts';
import { moveFile, replaceFile } from '../write-file.ts';
import { newDataKey, unwrapKey, WrappedKey, wrapKey } from './keyring.ts';
import type { SystemSeal } from './system-seal.ts';

/** The form of before: the password alone, and no recovery. */
const First = z.strictObject({ version: z.literal(1), service: z.string(), key: WrappedKey });

/** What `profile.json` holds: the wrapped data key, and hashes instead of names. */
export const KeyFile = z.strictObject({
  version: z.literal(2),
  service: z.string(),
  /** The secret that the system keeps; null where the password protects alone. */
  system: z
    .strictObject({
      sealed: z.base64(),
      /** SHA-256 of the secret: tells a lost secret from a wrong password. It is random, so its hash tells nothing. */
      check: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .nullable(),
  /** The data key, wrapped by the password; while a change of it is under way by both. */
  keys: z.array(WrappedKey).min(1).max(2),
  /** The data key, sealed to the administrator's recovery key. */
  recovery: Sealed.nullable(),
});
export type KeyFile = z.infer<typeof KeyFile>;
/** As it lies on the disk. */
export type FoundKeyFile = { readonly file: KeyFile; readonly version: 1 | 2; readonly text: string };

const LATEST = 2;
const Newer = z.object({
  version: z
    .number()
    .int()
    .min(LATEST + 1),
});

/** Its two places: without the wrapped key all data is lost. The second is written after the first. */
export function keyFilesIn(folder: string): readonly [string, string] {
  return [join(folder, 'profile.json'), join(folder, 'profile.copy.json')];
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parse(text: string | null): FoundKeyFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return null;
  }
  if (text === null) return null;
  if (Newer.safeParse(value).success) throw new Failure('store.newer', 'profile.json has another form');
  const first = First.safeParse(value);
  if (first.success) {
    const { service, key } = first.data;
    return { file: { version: LATEST, service, system: null, keys: [key], recovery: null }, version: 1, text };
  }
  const found = KeyFile.safeParse(value);
  return found.success ? { file: found.data, version: LATEST, text } : null;
}

/**
 * What `profile.json` holds, then what its copy holds where that is something else; damaged ones are left out.
 * @throws Failure `store.newer`, `store.key` when neither can be read
 */
export function readKeyFiles(folder: string): readonly [FoundKeyFile, ...FoundKeyFile[]] {
  const [first, second] = keyFilesIn(folder).map((path) => parse(readText(path)));
  if (first && second) return first.text === second.text ? [first] : [first, second];
  const one = first ?? second;
  if (!one) throw new Failure('store.key');
  return [one];
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The secret that the system keeps of a key file; null where it keeps none.
 * @throws Failure `store.sealed` when the system has it no more
 */
export function secretOf({ system }: KeyFile, seal: SystemSeal | null): Buffer | null {
  if (system === null) return null;
  if (seal === null) throw new Failure('store.sealed', 'no storage that protects');
  let secret: Buffer;
  try {
    secret = seal.open(Buffer.from(system.sealed, 'base64'));
  } catch (error) {
    throw new Failure('store.sealed', 'not sealed here', { cause: error });
  }
  // Without authentication in the system's storage another key may give bytes of no meaning.
  if (hash(secret) !== system.check) throw new Failure('store.sealed', 'another secret');
  return secret;
}

/**
 * The data key of a key file.
 * @throws Failure `store.sealed`, `store.locked` when the password is none of those that it was wrapped by
 */
export async function openKeyFile(
  file: KeyFile,
  {
    password,
    profile,
    seal,
  }: { readonly password: string; readonly profile: string; readonly seal: SystemSeal | null },
): Promise<Buffer<ArrayBuffer>> {
  const by = { password, profile, secret: secretOf(file, seal) };
  let failure: unknown;
  for (const wrapped of file.keys) {
    try {
      return await unwrapKey(wrapped, by);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** What a key file is to protect by. */
export type Protection = {
  readonly profile: string;
  readonly service: string;
  /** One, or while a change is under way both. */
  readonly passwords: readonly string[];
  readonly seal: SystemSeal | null;
  readonly recovery: Sealed | null;
};

/** Makes the content of a key file, with a new secret where the system keeps one. */
export async function makeKeyFile(key: Uint8Array, protection: Protection): Promise<KeyFile> {
  const { profile, service, passwords, seal, recovery } = protection;
  const secret = seal === null ? null : newDataKey();
  const keys = await Promise.all(passwords.map((password) => wrapKey(key, { password, profile, secret })));
  const system = seal && secret ? { sealed: seal.seal(secret).toString('base64'), check: hash(secret) } : null;
  return { version: LATEST, service, system, keys, recovery };
}

/**
 * Writes a key file in both places, each in one step. What is about to replace the old one is read back from the disk
 * and opened first: a key file that doesn't open never takes the place of one that does.
 * @throws Failure, system errors: then at least one of the places still holds what it held
 */
export async function writeKeyFile(
  folder: string,
  file: KeyFile,
  key: Uint8Array,
  { profile, passwords, seal }: Protection,
): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  const [first, second] = keyFilesIn(folder);
  const draft = join(folder, 'profile.draft.json');
  replaceFile(draft, text);
  const back = parse(readText(draft));
  for (const password of passwords) {
    const opened = back && (await openKeyFile(back.file, { password, profile, seal }));
    if (!opened?.equals(key)) throw new Failure('store.write', 'the key file does not open');
  }
  moveFile(draft, first);
  replaceFile(second, text);
}

/** Puts a place right that is damaged, or that a crash left behind the first. */
export function mendKeyFiles(folder: string): void {
  const [first, second] = keyFilesIn(folder);
  const [good] = readKeyFiles(folder);
  if (readText(first) !== good.text) replaceFile(first, good.text);
  if (readText(second) !== good.text) replaceFile(second, good.text);
}
