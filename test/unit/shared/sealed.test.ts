import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sealed } from '../../../shared/keys.ts';
import { newSealingKeys, seal, unseal } from '../../../shared/sealed.ts';

const context = Buffer.from('a context');

it('what was sealed opens by the private half in its context, and by nothing else', async () => {
  const own = await newSealingKeys();
  const other = await newSealingKeys();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 64 }), async (bytes) => {
      const plain = Uint8Array.from(bytes);
      const sealed = Sealed.parse(await seal(own.publicKey, plain, context));
      expect(await unseal(own, sealed, context)).toEqual(plain);
      await expect(unseal(other, sealed, context)).rejects.toThrow();
      await expect(unseal(own, sealed, Buffer.from('another'))).rejects.toThrow();
    }),
    { numRuns: 20 },
  );
});

it('opens not with any bit changed, and never looks the same twice', async () => {
  const own = await newSealingKeys();
  const plain = Uint8Array.from({ length: 32 }, (_, index) => index);
  const sealed = await seal(own.publicKey, plain, context);
  expect((await seal(own.publicKey, plain, context)).data).not.toBe(sealed.data);
  for (const part of ['enc', 'data'] as const) {
    const bytes = Buffer.from(sealed[part], 'hex');
    for (let at = 0; at < bytes.length; at += 5) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(unseal(own, { ...sealed, [part]: changed.toString('hex') }, context)).rejects.toThrow();
    }
  }
});
