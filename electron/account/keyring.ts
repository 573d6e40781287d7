import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { Failure } from '../failure.ts';

const Base64 = z.base64();
/** How a password becomes a key: argon2id with these costs (memory in KiB). */
const Derivation = z.strictObject({
  name: z.literal('argon2id'),
  salt: Base64,
  memory: z.number().int().min(8192).max(1_048_576),
  passes: z.number().int().min(1).max(16),
  lanes: z.number().int().min(1).max(8),
});
type Derivation = z.infer<typeof Derivation>;

/** The data key of a profile, wrapped by a password: what `profile.json` holds. */
export const WrappedKey = z.strictObject({
  derivation: Derivation,
  cipher: z.literal('aes-256-gcm'),
  iv: Base64,
  tag: Base64,
  data: Base64,
});
export type WrappedKey = z.infer<typeof WrappedKey>;

/** What a data key is wrapped by: the password, and where the system keeps secrets also one of its. */
export type Wrapping = {
  readonly password: string;
  /** 32 bytes; null where the password protects alone. */
  readonly secret: Uint8Array | null;
  /** Binds the result to its profile. */
  readonly profile: string;
};

/** RFC 9106's second recommended choice: 64 MiB, 3 passes. One lane, because office PCs have few free cores. */
const COSTS = { name: 'argon2id', memory: 65_536, passes: 3, lanes: 1 } as const;
/** `Algorithm.Argon2id`; the enum of the package is ambient and cannot be imported under isolated modules. */
const ARGON2ID = 2;
const BOTH = 'review-desk data key: password and system';

async function derive({ password, secret }: Wrapping, derivation: Derivation): Promise<Buffer> {
  const { salt, memory, passes, lanes } = derivation;
  const derived = await hashRaw(password.normalize('NFKC'), {
    algorithm: ARGON2ID,
    salt: Buffer.from(salt, 'base64'),
    memoryCost: memory,
    timeCost: passes,
    parallelism: lanes,
    outputLen: 32,
  });
  return secret === null ? derived : Buffer.from(hkdfSync('sha256', derived, secret, BOTH, 32));
}

/** A new random data key, or secret for the system to keep: 32 bytes. */
export function newDataKey(): Buffer<ArrayBuffer> {
  return randomBytes(32);
}

/** Wraps a data key. */
export async function wrapKey(key: Uint8Array, by: Wrapping): Promise<WrappedKey> {
  const derivation: Derivation = { ...COSTS, salt: randomBytes(16).toString('base64') };
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await derive(by, derivation), iv).setAAD(Buffer.from(by.profile));
  const data = Buffer.concat([cipher.update(key), cipher.final()]);
  return {
    derivation,
    cipher: 'aes-256-gcm',
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/**
 * The data key.
 * @throws Failure `store.locked` when password, secret or profile are not those that it was wrapped by
 */
export async function unwrapKey(wrapped: WrappedKey, by: Wrapping): Promise<Buffer<ArrayBuffer>> {
  const derived = await derive(by, wrapped.derivation);
  try {
    const decipher = createDecipheriv('aes-256-gcm', derived, Buffer.from(wrapped.iv, 'base64'), { authTagLength: 16 })
      .setAAD(Buffer.from(by.profile))
      .setAuthTag(Buffer.from(wrapped.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(wrapped.data, 'base64')), decipher.final()]);
  } catch (error) {
    throw new Failure('store.locked', undefined, { cause: error });
  }
}
