import type { SafeStorage } from 'electron';

/** Storage of the system that only this account of this computer can open: DPAPI, Keychain, libsecret, KWallet. */
export type SystemSeal = {
  readonly seal: (secret: Buffer) => Buffer;
  /** Throws when it was not sealed here. */
  readonly open: (sealed: Buffer) => Buffer;
};

/** Backends of Chromium on Linux that keep a secret; `basic_text` encrypts by a password that everybody knows. */
const PROTECTING = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']);

type Storage = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
>;

/**
 * Electron's safe storage; null where it protects nothing, which must not count as protection. Asked when it is needed:
 * macOS may put a question to the user.
 */
export function systemSealOf(storage: Storage, platform: NodeJS.Platform): SystemSeal | null {
  try {
    if (platform === 'linux' && !PROTECTING.has(storage.getSelectedStorageBackend())) return null;
    if (!storage.isEncryptionAvailable()) return null;
  } catch {
    return null;
  }
  return {
    seal: (secret) => storage.encryptString(secret.toString('base64')),
    open: (sealed) => Buffer.from(storage.decryptString(sealed), 'base64'),
  };
}
