import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { KeyChange, keyChangeForm } from '../shared/keys.ts';
import { moveForGood, readIfThere, writeForGood } from './key-files.ts';

/** What the service signs its receipts with. */
export type Signer = {
  /** 32 bytes, hex. */
  readonly publicKey: string;
  /** How the key came to be the present one, the oldest change first. */
  readonly changes: readonly KeyChange[];
  /** Ed25519 over the text's UTF-8, hex. The same text has the same signature. */
  readonly sign: (text: string) => string;
};

const FILE = 'signing-key.pem';
/** Public: every key that there was, and from when to when. */
const CHANGES = 'signing-keys.json';
/** The next key, until its change is written. */
const NEW = 'signing-key.new.pem';

const publicHex = (key: KeyObject): string =>
  Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');

const signBy = (key: KeyObject, text: string): string => sign(null, Buffer.from(text), key).toString('hex');

function makeKey(file: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeForGood(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

function readKey(file: string): KeyObject | null {
  const text = readIfThere(file);
  if (text === null) return null;
  const key = createPrivateKey(text);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${path.basename(file)} is not an Ed25519 key`);
  return key;
}

function readChanges(folder: string): KeyChange[] {
  const text = readIfThere(path.join(folder, CHANGES));
  return text === null ? [] : z.array(KeyChange).parse(JSON.parse(text));
}

/** Finishes a change that was written but whose key has not taken its place yet. */
function finishChange(folder: string, changes: readonly KeyChange[]): void {
  const next = readKey(path.join(folder, NEW));
  const last = changes.at(-1);
  if (next && last && publicHex(next) === last.to) moveForGood(path.join(folder, NEW), path.join(folder, FILE));
}

/**
 * The service's key from its data folder; made at the first start, for its owner alone. Throws when the file is there
 * and is no key: another key would make every workstation doubt the service.
 */
export function openSigner(folder: string): Signer {
  const file = path.join(folder, FILE);
  const changes = readChanges(folder);
  finishChange(folder, changes);
  if (readKey(file) === null) makeKey(file);
  const key = readKey(file);
  if (!key) throw new Error(`${FILE} is not there`);
  return { publicKey: publicHex(key), changes, sign: (text) => signBy(key, text) };
}

/**
 * Gives the service a new key, which the old one vouches for: workstations that know the old one accept it. A crash at
 * any point leaves the old key or the new one with its proof.
 */
export function changeKey(folder: string, at: string): Signer {
  const old = openSigner(folder);
  const draft = path.join(folder, NEW);
  makeKey(draft);
  const next = readKey(draft);
  if (!next) throw new Error(`${NEW} is not there`);
  const told = { from: old.publicKey, to: publicHex(next), at };
  const change = KeyChange.parse({ ...told, signature: old.sign(keyChangeForm(told)) });
  writeForGood(path.join(folder, CHANGES), `${JSON.stringify([...old.changes, change], null, 2)}\n`);
  return openSigner(folder);
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
