import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** What the service signs its receipts with. */
export type Signer = {
  /** 32 bytes, hex. */
  readonly publicKey: string;
  /** Ed25519 over the text's UTF-8, hex. The same text has the same signature. */
  readonly sign: (text: string) => string;
};

const FILE = 'signing-key.pem';

const publicHex = (key: KeyObject): string =>
  Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');

/** Writes a new key, whole or not at all. */
function makeKey(file: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${file}.next`;
  const written = openSync(draft, 'w', 0o600);
  try {
    writeSync(written, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    fsyncSync(written);
  } finally {
    closeSync(written);
  }
  renameSync(draft, file);
}

function read(file: string): KeyObject | null {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The service's key from its data folder; made at the first start, for its owner alone. Throws when the file is there
 * and is no key: another key would make every workstation doubt the service.
 */
export function openSigner(folder: string): Signer {
  const file = path.join(folder, FILE);
  let key = read(file);
  if (!key) {
    makeKey(file);
    key = read(file);
  }
  if (key?.asymmetricKeyType !== 'ed25519') throw new Error(`${FILE} is not an Ed25519 key`);
  const own = key;
  return { publicKey: publicHex(own), sign: (text) => sign(null, Buffer.from(text), own).toString('hex') };
}

/** Whether a signature (hex) is of the text, by the private half of a public key (hex). */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
  } catch {
    // Bytes that are no point of the curve.
    return false;
  }
}
