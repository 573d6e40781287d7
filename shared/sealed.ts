import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import type { Sealed } from './keys.ts';

/** An X25519 key pair (RFC 7748), 32 bytes each, hex. */
export type SealingKeys = { readonly publicKey: string; readonly privateKey: string };

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

const toHex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (hex: string): ArrayBuffer =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).buffer;

/** A new random key pair. */
export async function newSealingKeys(): Promise<SealingKeys> {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair();
  return {
    publicKey: toHex(await suite.kem.serializePublicKey(publicKey)),
    privateKey: toHex(await suite.kem.serializePrivateKey(privateKey)),
  };
}

/** Seals bytes to a public key. `context` is not in the result; what opens it must name the same. */
export async function seal(to: string, plain: Uint8Array<ArrayBuffer>, context: Uint8Array): Promise<Sealed> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromHex(to));
  const sender = await suite.createSenderContext({ recipientPublicKey, info: Uint8Array.from(context).buffer });
  return { to, enc: toHex(sender.enc), data: toHex(await sender.seal(Uint8Array.from(plain).buffer)) };
}

/**
 * What was sealed.
 * @throws Error when the key or the context is another one, or a bit was changed
 */
export async function unseal(
  { privateKey }: Pick<SealingKeys, 'privateKey'>,
  { enc, data }: Sealed,
  context: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const recipient = await suite.createRecipientContext({
    recipientKey: await suite.kem.deserializePrivateKey(fromHex(privateKey)),
    enc: fromHex(enc),
    info: Uint8Array.from(context).buffer,
  });
  return new Uint8Array(await recipient.open(fromHex(data)));
}
