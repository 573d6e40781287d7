import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSignedBy as deskAccepts } from '../../../electron/signature.ts';
import { isSignedBy, openSigner } from '../../../service/signature.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

test('the key is made once, for its owner alone, and stays', async () => {
  const folder = await temporaryFolder();
  const first = openSigner(folder);
  expect(await readdir(folder)).toEqual(['signing-key.pem']);
  if (process.platform !== 'win32') {
    expect((await stat(join(folder, 'signing-key.pem'))).mode & 0o777).toBe(0o600);
  }
  const again = openSigner(folder);
  expect(again.publicKey).toBe(first.publicKey);
  expect(again.sign('x')).toBe(first.sign('x'));
  expect(openSigner(await temporaryFolder()).publicKey).not.toBe(first.publicKey);
});

test('what it signs the workstation accepts', async () => {
  const { publicKey, sign } = openSigner(await temporaryFolder());
  const signature = sign('回执');
  expect(deskAccepts(publicKey, '回执', signature)).toBe(true);
  expect(isSignedBy(publicKey, '回执', signature)).toBe(true);
  expect(isSignedBy(publicKey, '回执。', signature)).toBe(false);
  expect(isSignedBy('f'.repeat(64), '回执', signature)).toBe(false);
});

test('a damaged key stops the service; it is never replaced by itself', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'signing-key.pem'), 'half of a ke');
  expect(() => openSigner(folder)).toThrow();
});
