import { describe, expect, it } from 'vitest';
import { systemSealOf } from '../../../../electron/account/system-seal.ts';
import { newSystemSeal } from '../../../helpers/system-seal.ts';

type Backend = ReturnType<Parameters<typeof systemSealOf>[0]['getSelectedStorageBackend']>;

/** Storage in the shape of Electron's, over a real cipher. */
function storage(backend: Backend, isAvailable = true) {
  const inner = newSystemSeal();
  return {
    isEncryptionAvailable: () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptString: (text: string) => inner.seal(Buffer.from(text)),
    decryptString: (sealed: Buffer) => inner.open(sealed).toString(),
  };
}

describe('the system’s storage', () => {
  it.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'] as const)('%s protects', (backend) => {
    const seal = systemSealOf(storage(backend), 'linux');
    const secret = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));
    const sealed = seal?.seal(secret) ?? Buffer.alloc(0);
    expect(sealed.includes(secret)).toBe(false);
    expect(seal?.open(sealed)).toEqual(secret);
  });

  it.each(['basic_text', 'unknown'] as const)(
    '%s protects nothing and is refused, though it says it were there',
    (backend) => {
      expect(systemSealOf(storage(backend), 'linux')).toBeNull();
    },
  );

  it('counts on Windows and macOS when it is available', () => {
    for (const platform of ['win32', 'darwin'] as const) {
      expect(systemSealOf(storage('unknown'), platform)).not.toBeNull();
      expect(systemSealOf(storage('unknown', false), platform)).toBeNull();
    }
    expect(systemSealOf(storage('gnome_libsecret', false), 'linux')).toBeNull();
  });

  it('that fails when asked is none', () => {
    const failing = {
      ...storage('unknown'),
      isEncryptionAvailable: () => {
        throw new Error('not before ready');
      },
    };
    expect(systemSealOf(failing, 'win32')).toBeNull();
  });
});
