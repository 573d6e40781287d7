import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

/** An Ed25519 key pair (RFC 8032), 32 bytes each, hex. */
export type KeyPair = { readonly publicKey: string; readonly privateKey: string };

const toBase64Url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const toHex = (base64Url: string | undefined): string => Buffer.from(base64Url ?? '', 'base64url').toString('hex');

/** A new random key pair. */
export function newKeyPair(): KeyPair {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { publicKey: toHex(x), privateKey: toHex(d) };
}

/** Signs the text's UTF-8; hex. The same text has the same signature. */
export function signText({ publicKey, privateKey }: KeyPair, text: string): string {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey), d: toBase64Url(privateKey) };
  return sign(null, Buffer.from(text), createPrivateKey({ key: jwk, format: 'jwk' })).toString('hex');
}

/** Whether a signature (hex) is of the text, by the private half of a public key (hex). */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey) }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
  } catch {
    // Bytes that are no point of the curve.
    return false;
  }
}
