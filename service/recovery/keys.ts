import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Sealed } from '../../shared/keys.ts';
import { type SealingKeys, unseal } from '../../shared/sealed.ts';
import { readIfThere, writeForGood } from '../key-files.ts';

/** The administrator's recovery keys: what workstations seal to, and what opens it. */
export type RecoveryKeys = {
  /** Of the present one, X25519, hex. */
  readonly publicKey: string;
  /** Whether the private half to a public one is here. */
  readonly has: (publicKey: string) => boolean;
  /** Opens what was sealed to one of the keys. Throws when none of them opens it. */
  readonly open: (sealed: Sealed, context: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>;
};

const FILE = 'recovery-key.pem';
/** Beside the present one earlier ones may lie, which still open: `recovery-key-2026.pem`. */
const ANY = /^recovery-key.*\.pem$/;

function read(file: string): SealingKeys {
  const key = createPrivateKey(readIfThere(file) ?? '');
  const { x = '', d = '' } = key.export({ format: 'jwk' });
  if (key.asymmetricKeyType !== 'x25519') throw new Error(`${path.basename(file)} is not an X25519 key`);
  const hex = (text: string) => Buffer.from(text, 'base64url').toString('hex');
  return { publicKey: hex(x), privateKey: hex(d) };
}

/**
 * The recovery keys of a data folder; the first is made at the first start, for its owner alone. Throws when a file is
 * there and is no key.
 */
export function openRecoveryKeys(folder: string): RecoveryKeys {
  const file = path.join(folder, FILE);
  if (readIfThere(file) === null) {
    const { privateKey } = generateKeyPairSync('x25519');
    writeForGood(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  const present = read(file);
  const all = new Map(
    readdirSync(folder)
      .filter((name) => ANY.test(name))
      .map((name) => read(path.join(folder, name)))
      .map((keys) => [keys.publicKey, keys]),
  );
  return {
    publicKey: present.publicKey,
    has: (publicKey) => all.has(publicKey),
    open: async (sealed, context) => {
      const keys = all.get(sealed.to);
      if (!keys) throw new Error('sealed to an unknown key');
      return unseal(keys, sealed, context);
    },
  };
}
