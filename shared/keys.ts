import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { PublicKey, Signature } from './chain.ts';
import { Instant } from './ids.ts';

const Hex32 = z.string().regex(/^[0-9a-f]{64}$/);

/** Something sealed to the public half of an X25519 key: HPKE (RFC 9180), base mode, HKDF-SHA256, AES-256-GCM. */
export const Sealed = z.strictObject({
  /** Whose private half opens it. */
  to: Hex32,
  /** The ephemeral key of the sealing. */
  enc: Hex32,
  data: z.string().regex(/^(?:[0-9a-f]{2}){16,1024}$/),
});
export type Sealed = z.infer<typeof Sealed>;

/** The service took a new key; the old one says so. */
export const KeyChange = z.strictObject({
  from: PublicKey,
  to: PublicKey,
  at: Instant,
  /** By the old key over `keyChangeForm`. */
  signature: Signature,
});
export type KeyChange = z.infer<typeof KeyChange>;

/** `GET /v1/keys`, open to all. */
export const Keys = z.strictObject({
  algorithm: z.literal('Ed25519'),
  /** What receipts are signed by. */
  publicKey: PublicKey,
  /** How it came to be the present one, the oldest change first. */
  changes: z.array(KeyChange).max(1000),
  /** What workstations seal their data keys to, signed by the present key over `recoveryKeyForm`. */
  recovery: z.strictObject({ publicKey: PublicKey, signature: Signature }),
});
export type Keys = z.infer<typeof Keys>;

/** What is signed when the service changes its key. */
export function keyChangeForm({ from, to, at }: Pick<KeyChange, 'from' | 'to' | 'at'>): string {
  return canonicalJson({ purpose: 'review-desk service key', from, to, at });
}

/** What is signed of the recovery key. */
export function recoveryKeyForm(publicKey: string): string {
  return canonicalJson({ purpose: 'review-desk recovery key', publicKey });
}

/** Name of a profile: of one account at one service on one computer. */
export const ProfileId = z.string().regex(/^[0-9a-f]{32}$/);

/** What a sealed data key is bound to: neither another account nor another profile can have it opened as its own. */
export type KeyOwner = { readonly profile: string; readonly account: string };

/** Context of a data key that is sealed to the recovery key. */
export function depositContext({ profile, account }: KeyOwner): string {
  return canonicalJson({ purpose: 'review-desk data key, kept', profile, account });
}

/** Context of a data key on its way back. */
export function returnContext({ profile, account }: KeyOwner): string {
  return canonicalJson({ purpose: 'review-desk data key, returned', profile, account });
}

/** `POST /v1/recovery`: asks the service to open the sealed data key of an own profile, for an ephemeral key. */
export const RecoveryAsk = z.strictObject({ profile: ProfileId, sealed: Sealed, to: PublicKey });
export type RecoveryAsk = z.infer<typeof RecoveryAsk>;
/** The data key, sealed to the ephemeral key. */
export const RecoveryAnswer = z.strictObject({ sealed: Sealed });

/**
 * The changes that lead from a known key of the service to its present one, each proved by the key before it; null
 * when there is no such way. `isSigned(publicKey, text, signature)` verifies a signature.
 */
export function provedChanges(
  known: string,
  { publicKey, changes }: { readonly publicKey: string; readonly changes: readonly KeyChange[] },
  isSigned: (publicKey: string, text: string, signature: string) => boolean,
): KeyChange[] | null {
  const way: KeyChange[] = [];
  let key = known;
  for (const change of changes) {
    if (key === publicKey) break;
    if (change.from !== key || !isSigned(key, keyChangeForm(change), change.signature)) continue;
    way.push(change);
    key = change.to;
  }
  return key === publicKey ? way : null;
}
