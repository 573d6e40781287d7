import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SystemSeal } from '../../electron/account/system-seal.ts';

/** A system that keeps secrets: sealed with a key of its own, as DPAPI does with that of the computer's account. */
export function newSystemSeal(): SystemSeal {
  const key = randomBytes(32);
  return {
    seal: (secret) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    },
    open: (sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(sealed.subarray(12, 28));
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
    },
  };
}
